import type { KeyObject } from 'node:crypto';
import type { ChannelId, ClusterName } from '../domain/ids.ts';
import type { Policy } from '../domain/policy.ts';
import type { Weekly } from '../domain/stay/weekly.ts';
import type { LogLevel } from '../logger.ts';
import type { Credentials, Tls } from '../mesos/options.ts';

/** Everything that can be set, checked and complete. Durations in milliseconds unless named otherwise. */
export interface Config {
  slack: {
    botToken: string;
    transport:
      | { mode: 'socket'; appToken: string }
      | { mode: 'http'; signingSecret: string; port: number; host: string };
    /** Null: Slack's own. */
    apiUrl: string | null;
    /** Where notices about the bot itself go; null: to the log only. */
    opsChannel: ChannelId | null;
    /** Where heads of the audit log are kept; null: nowhere, and a restored database is hardly noticed. */
    anchorChannel: ChannelId | null;
  };
  /** One at least, each with a name of its own. */
  clusters: ClusterConfig[];
  databasePath: string;
  /** What heads of the audit log are signed with; null: they are not. */
  signingKey: KeyObject | null;
  health: { host: string; port: number } | null;
  log: { level: LogLevel };
  timing: Timing;
  /** Of one person. */
  commandsPerMinute: number;
  /** When what is out of service is posted in each cluster's channel; null: never. */
  digest: Weekly | null;
}

export interface Timing {
  pollMs: number;
  sweepMs: number;
  readDeadlineMs: number;
  callDeadlineMs: number;
  stuckAfterMs: number;
  cardEditMs: number;
}

/** One cluster: how to reach it, where it is spoken of, and what may be done to it. */
export interface ClusterConfig {
  name: ClusterName;
  /** Base addresses, with path where there is one (DC/OS: `https://HOST/mesos`). */
  masters: URL[];
  auth: Credentials;
  tls: Tls;
  /** Hosts besides the masters' own to which a redirect may lead. */
  allowedHosts: string[];
  agents: { auth: Credentials; tls: Tls; https: boolean; networks: string[] };
  /** The channels in which it is meant where none is named. */
  defaultIn: ChannelId[];
  /** Where changes are told that others made to it; null: nowhere, and only the audit log has them. */
  clusterChannel: ChannelId | null;
  policy: Policy;
}

export type { Credentials, Tls };
