import { readFileSync, statSync } from 'node:fs';
import { assemble } from './assemble.ts';
import { startBot } from './bot.ts';
import { newId, systemClock } from './clock.ts';
import { rereadOf } from './config/reread.ts';
import { environment, readConfig, secretsOf } from './config.ts';
import { createLogger } from './logger.ts';
import { packageVersion } from './package-version.ts';

const clock = systemClock();
const env = environment();
const files = {
  read: (path: string) => readFileSync(path, 'utf8'),
  mode: (path: string) => statSync(path).mode,
};
const read = readConfig(env, files);
if (!read.ok) {
  process.stderr.write(
    `The configuration can't be used:\n${read.problems.map((problem) => `  - ${problem}\n`).join('')}`,
  );
  process.stderr.write('Each variable is explained in .env.example.\n');
  process.exit(2);
}
const { config, warnings } = read;
const log = createLogger({ level: config.log.level, clock, secrets: secretsOf(config) });
for (const warning of warnings) log.warn({ warning }, 'configuration');

/** What nobody awaits must not be lost: the supervisor starts a new process, and that is just the next pass. */
process.on('unhandledRejection', (err) => {
  log.error({ err }, 'an unhandled rejection ends this process');
  process.exit(1);
});

try {
  const bot = await startBot(config, assemble(config, { clock, newId, log, version: packageVersion() }));
  const stop = (signal: string) => {
    log.info({ signal }, 'stopping');
    bot.stop().then(
      () => process.exit(0),
      (err: unknown) => {
        log.error({ err }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGHUP', () => {
    log.info({}, 'reading the configuration again');
    // What .env says cannot change in a process that has read it: its environment is what it is.
    const again = readConfig(env, files);
    if (again.ok) for (const warning of again.warnings) log.warn({ warning }, 'configuration');
    bot
      .reload(rereadOf(config, again))
      .catch((err: unknown) => log.error({ err }, 'the configuration could not be read again'));
  });
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (err) {
  log.error({ err }, 'the bot could not start');
  process.exit(1);
}
