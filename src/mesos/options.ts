import type { Clock, Log } from '../app/ports.ts';
import type { ClusterName } from '../domain/ids.ts';

/** Everything it takes to reach one cluster. */
export interface MesosOptions {
  cluster: ClusterName;
  /** Base addresses, with a path where there is one (DC/OS: `https://HOST/mesos`). At least one. */
  masters: URL[];
  auth: Credentials;
  tls: Tls;
  /** `HOST` (any port) or `HOST:PORT` to which a redirect may lead, besides the masters' own. */
  allowedHosts: string[];
  /** `networks`: CIDRs in which agents may be contacted. */
  agents: { auth: Credentials; tls: Tls; https: boolean; networks: string[] };
  /** For one request and its whole answer. */
  readDeadlineMs: number;
  /** For one call, all masters it may try included. */
  callDeadlineMs: number;
  clock: Clock;
  log: Log;
}

/** How to prove who we are. */
export type Credentials =
  | { kind: 'none' }
  | { kind: 'basic'; username: string; password: string }
  | { kind: 'bearer'; token: string }
  /** DC/OS: `Authorization: token=…`. */
  | { kind: 'dcos'; token: string };

/** PEM texts; null: the system's authorities, no client certificate. */
export interface Tls {
  ca: string | null;
  clientCert: string | null;
  clientKey: string | null;
}
