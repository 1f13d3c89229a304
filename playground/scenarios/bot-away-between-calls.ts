import { dyingDisk } from './dying-disk.ts';
import { isDrained, opsChannel, type Story, said, shows, vote } from './story.ts';

/** The bot is stopped between the two calls: what it finds when it is back decides, and the votes that stand then. */
export const botAwayBetweenCalls: Story = {
  name: 'bot-away-between-calls',
  title: 'the bot is away while agent3 drains; back again, it checks everything anew and goes on',
  cluster: dyingDisk(4_000),
  env: { HOLD_SECONDS: '2' },
  play: async (stage) => {
    const { slack, until } = stage;
    const ask = '/mesos drain agent3 --max-grace-period 10m --mark-gone --reason "disk dying"';
    await slack.type('mara', opsChannel.name, ask);
    await vote(stage, 'dev', 'white_check_mark');
    await until('the first look at the drain', said(stage, 'tasks gone'), 60);
    await stage.whileBotIsAway(async () => {
      await until('DRAINED, unseen by the bot', isDrained(stage, 'agent3.example'), 60);
    });
    await until('the end', said(stage, 'is gone, proven'), 60);
    await until('the card to say so', shows(stage, 'is gone, as asked'));
  },
};
