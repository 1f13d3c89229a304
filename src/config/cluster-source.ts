import type { ChannelId, ClusterName } from '../domain/ids.ts';
import type { Policy } from '../domain/policy.ts';
import type { Findings } from './findings.ts';

/** What was said of a cluster, each thing fine by itself, wherever that was said; null: nothing was. */
export interface ClusterSource {
  name: ClusterName;
  masters: URL[] | null;
  auth: AuthSource;
  tls: TlsSource;
  allowedHosts: string[];
  allowPlainCredentials: boolean;
  agents: { auth: AuthSource; tls: TlsSource; https: boolean; networks: string[] | null };
  defaultIn: ChannelId[];
  clusterChannel: ChannelId | null;
  policy: Policy;
  /** What a setting is called where it is set, for problems; with a value, how it is set to that. */
  called(setting: Setting, value?: string): string;
  /** Where it is set, to be told before its name; empty: its name tells that. */
  place(setting: Setting): string;
  /** It was said, and is at fault by itself: told already, and not missing. */
  isBroken(setting: Setting): boolean;
}

/** How a side lets the bot in. */
export interface AuthSource {
  kind: 'none' | 'basic' | 'bearer' | 'dcos';
  username: string | null;
  password: string | null;
  token: string | null;
}

/** Paths of PEM files. */
export interface TlsSource {
  ca: string | null;
  clientCert: string | null;
  clientKey: string | null;
}

/** The masters and the agents have the same settings behind these. */
export type Side = 'masters' | 'agents';

/** A setting by what it is, whatever it is called. */
export type Setting =
  | 'masters'
  | 'allow-plain-credentials'
  | 'agents.https'
  | 'agents.networks'
  | `${Side}.${keyof AuthSource | keyof TlsSource}`;

/** Tells what is wrong with a setting; `what` follows its name. */
export function object(source: ClusterSource, setting: Setting, what: string, found: Findings): void {
  found.problems.push(`${source.place(setting)}${source.called(setting)} ${what}`);
}

/** Tells what is strange about a setting, and lets it pass. */
export function warnOf(source: ClusterSource, setting: Setting, what: string, found: Findings): void {
  found.warnings.push(`${source.place(setting)}${source.called(setting)} ${what}`);
}

/** Tells of a setting that has to be there and isn't. */
export function reportUnset(source: ClusterSource, setting: Setting, why: string, found: Findings): void {
  if (!source.isBroken(setting)) object(source, setting, `is missing: ${why}`, found);
}
