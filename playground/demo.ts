import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stories } from './scenarios/index.ts';
import { startPlayground } from './start.ts';
import { transcriptOf } from './transcript.ts';

const { values } = parseArgs({
  options: { scenario: { type: 'string' }, list: { type: 'boolean', default: false } },
});
if (values.list) {
  for (const { name, title } of stories) console.log(`${name.padEnd(24)} ${title}`);
  process.exit(0);
}
const story =
  values.scenario === undefined ? stories[0] : stories.find(({ name }) => name === values.scenario);
if (story === undefined) {
  console.error(`There is no scenario ${values.scenario}; npm run demo -- --list names them.`);
  process.exit(2);
}

const env = {
  POLL_SECONDS: '0.5',
  SWEEP_SECONDS: '5',
  CARD_EDIT_SECONDS: '1',
  LOG_LEVEL: 'warn',
  ...story.env,
  ...story.hurried,
};
const playground = await startPlayground({
  cluster: story.cluster,
  ...(story.file === undefined ? {} : { file: story.file }),
  second: story.second,
  env,
  onLog: (line) => console.log(line),
});
console.log(`${story.name}: ${story.title}\n`);
let failed = false;
try {
  await story.play(playground);
} catch (fault) {
  failed = true;
  console.error(fault);
}
console.log(transcriptOf(playground.slack.model, 'mesos-ops'));
await playground.stop();
if (playground.cluster.model.applied.length > 0) {
  console.log('What the master was told to do:');
  for (const { type, body, at } of playground.cluster.model.applied)
    console.log(`  ${new Date(at).toISOString()}  ${type}  ${JSON.stringify(body)}`);
}
for (const verb of ['list', 'verify']) {
  console.log(`\n$ npm run audit -- ${verb}`);
  const program = fileURLToPath(new URL('../dist/src/cli/audit.js', import.meta.url));
  const { status } = spawnSync(process.execPath, [program, verb, playground.databasePath], {
    stdio: 'inherit',
  });
  if (status !== 0) failed = true;
}
console.log(failed ? '\nThe demo failed.' : '\nThe demo went well.');
process.exit(failed ? 1 : 0);
