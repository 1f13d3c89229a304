import { hostname } from 'node:os';
import type { Clock, Log, NewId } from './app/ports.ts';
import type { Parts } from './bot.ts';
import { type Config, secretsOf } from './config.ts';
import { gateAsker } from './gates/ask-gate.ts';
import { connectMesos } from './mesos/connect.ts';
import { redactText } from './redact.ts';
import { connectSlack } from './slack/connect.ts';
import { openStore } from './store/open.ts';

/** The real parts of a bot for this configuration: SQLite, Mesos and Slack. Nothing is opened yet. */
export function assemble(
  config: Config,
  own: { clock: Clock; newId: NewId; log: Log; version: string },
): Parts {
  const { clock, log, newId } = own;
  const { slack, timing } = config;
  const secrets = secretsOf(config);
  const clean = (text: string) => redactText(text, secrets);
  const owner = `${hostname()}, process ${process.pid}`;
  return {
    ...own,
    openStore: (sha256) => openStore({ path: config.databasePath, clock, newId, sha256, clean, owner }),
    connectMesos: (cluster) =>
      connectMesos({
        cluster: cluster.name,
        masters: cluster.masters,
        auth: cluster.auth,
        tls: cluster.tls,
        allowedHosts: cluster.allowedHosts,
        agents: cluster.agents,
        readDeadlineMs: timing.readDeadlineMs,
        callDeadlineMs: timing.callDeadlineMs,
        clock,
        log,
      }),
    askGate: gateAsker({ deadlineMs: timing.readDeadlineMs }),
    connectSlack: ({ takeIn, onReacted, onLink }) =>
      connectSlack({
        botToken: slack.botToken,
        transport: slack.transport,
        apiUrl: slack.apiUrl,
        clock,
        log,
        takeIn,
        onReacted,
        onLink,
      }),
  };
}
