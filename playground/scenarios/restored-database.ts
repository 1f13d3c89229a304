import { copyFileSync } from 'node:fs';
import { dyingDisk } from './dying-disk.ts';
import { opsChannel, type Story, said, shows, told, vote } from './story.ts';

/** An old copy of the database is put back: it does not know that the agent is gone, and is not trusted with anything until
 * somebody takes that on. */
export const restoredDatabase: Story = {
  name: 'restored-database',
  title:
    'an old copy of the database is put back: noticed by what Slack holds, nothing is done, and accepted',
  cluster: dyingDisk(4_000),
  env: { HOLD_SECONDS: '2', SLACK_OPS_CHANNEL: opsChannel.id },
  play: async (stage) => {
    const { slack, until } = stage;
    const ask = '/mesos drain agent3 --max-grace-period 10m --mark-gone --reason "disk dying"';
    await slack.type('mara', opsChannel.name, ask);
    await vote(stage, 'dev', 'white_check_mark');
    await until('the first look at the drain', said(stage, 'tasks gone'), 60);
    await stage.whileBotIsAway(async ({ databasePath }) =>
      copyFileSync(databasePath, `${databasePath}.backup`),
    );
    await until('the end', said(stage, 'is gone, proven'), 60);
    await until('the card to say so', shows(stage, 'is gone, as asked'));
    await stage.whileBotIsAway(async ({ databasePath }) =>
      copyFileSync(`${databasePath}.backup`, databasePath),
    );
    await until('the word to those who run the bot', said(stage, 'was restored from the past'));
    await until('the void question', said(stage, "is settled:* the bot's database"));
    await slack.type('mara', opsChannel.name, '/mesos drain agent4 --max-grace-period 10m');
    await until('the refusal', told(stage, 'mara', 'accept-restore'));
    await stage.whileBotIsAway(({ acceptRestore }) => acceptRestore('the disk failed: this is all there is'));
    await slack.type('mara', opsChannel.name, '/mesos drain agent4 --max-grace-period 10m');
    await until('the new drain, in its card', shows(stage, 'agent4.example (S3) is DRAINED'), 60);
  },
};
