import { drainAgent3, twoAgents } from './small-cluster.ts';
import { isDrained, opsChannel, type Story, said } from './story.ts';

/** The bot is away for an hour, in which the drain ends: it says what it finds, and that it did not see it happen. */
export const botDownAnHour: Story = {
  name: 'bot-down-an-hour',
  title: 'the bot is down for an hour while agent3 drains: it says what it finds, and what it can not know',
  cluster: twoAgents(),
  hurried: { STUCK_AFTER_SECONDS: '20' },
  play: async (stage) => {
    const { slack, until, minutes } = stage;
    await slack.type('mara', opsChannel.name, drainAgent3);
    await until('the start', said(stage, '*Started:*'));
    await stage.whileBotIsAway(async () => {
      await until('DRAINED, unseen by the bot', isDrained(stage, 'agent3.example'), 60);
      await minutes(60);
    });
    await until('the end', said(stage, 'Safe to take down'), 60);
  },
};
