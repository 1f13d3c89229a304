import { parseArgs } from 'node:util';
import { dyingDisk } from './scenarios/dying-disk.ts';
import { stories } from './scenarios/index.ts';
import { twoAgents } from './scenarios/small-cluster.ts';
import { toldTo } from './scenarios/story.ts';
import { startPlayground } from './start.ts';

const { values } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    port: { type: 'string' },
    scenario: { type: 'string' },
    second: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log('npm run playground [-- --port N] [-- --scenario NAME] [-- --second] [-- --smoke]');
  console.log('  --port N   the port of the page (default: a free one)');
  console.log('  --scenario NAME   its cluster and settings; the page plays its people on a click');
  console.log('  --second   a second cluster beside it, west: commands then say which one, with --cluster');
  console.log('  --smoke    start, answer one command, stop; exit code 0 when that went well');
  process.exit(0);
}

const story =
  values.scenario === undefined ? null : (stories.find(({ name }) => name === values.scenario) ?? null);
if (values.scenario !== undefined && story === null) {
  console.error(`There is no scenario ${values.scenario}; npm run demo -- --list names them.`);
  process.exit(2);
}

/** Fast enough to watch, slow enough to read. */
const env = {
  POLL_SECONDS: '2',
  SWEEP_SECONDS: '20',
  CARD_EDIT_SECONDS: '2',
  HOLD_SECONDS: '10',
  LOG_LEVEL: 'warn',
  ...story?.env,
  ...story?.hurried,
};
const playground = await startPlayground({
  cluster: story?.cluster ?? dyingDisk(40_000),
  ...(story?.file === undefined ? {} : { file: story.file }),
  second: story === null && values.second ? twoAgents() : story?.second,
  script: { stories, ready: story },
  env,
  ...(values.port === undefined ? {} : { port: Number(values.port) }),
  onLog: (line) => console.log(line),
});

const byHand = `  Open it, be mara, and type:  /mesos drain agent3 --max-grace-period 10m --mark-gone --reason "disk dying"
  Then be dev, and react with  ✅ to the question. mara's own does not count.
  What came of it:             /mesos audit`;
const byItself = (title: string) => `  Open it, and press Play beside the scenario: ${title}.`;

if (values.smoke) {
  await playground.slack.type('mara', 'mesos-ops', '/mesos agents');
  await playground.until('an answer', () =>
    toldTo(playground, 'mara').some((text) => text.includes('agent3')),
  );
  console.log(toldTo(playground, 'mara').join('\n'));
  await playground.stop();
  process.exit(0);
}

console.log(`
  The playground is up: a simulated Mesos cluster, a local Slack, and the production bot.

    ${playground.slack.pageUrl}

${story === null ? byHand : byItself(story.title)}

  The audit log:  npm run audit -- verify ${playground.databasePath}
  Ctrl-C stops it all.
`);
const stop = () => void playground.stop().then(() => process.exit(0));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
const code = await playground.botEnded;
console.error(`The bot ended with ${code}.`);
process.exit(1);
