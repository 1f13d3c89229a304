import type { Clock, Log } from '../../../src/app/ports.ts';
import type { Call } from '../../../src/domain/call.ts';
import { agentId, clusterName, instant, seconds } from '../../../src/domain/ids.ts';
import { connectMesos } from '../../../src/mesos/connect.ts';
import type { MesosOptions } from '../../../src/mesos/options.ts';

const stillClock: Clock = { now: () => instant(0), after: () => () => {} };
const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
const noTls = { ca: null, clientCert: null, clientKey: null };

/** The adapter, with plain settings except for `options`. */
export function connected(masters: URL[], options: Partial<MesosOptions> = {}) {
  return connectMesos({
    cluster: clusterName('test'),
    masters,
    auth: { kind: 'none' },
    tls: noTls,
    allowedHosts: [],
    agents: { auth: { kind: 'none' }, tls: noTls, https: false, networks: [] },
    readDeadlineMs: 1000,
    callDeadlineMs: 1000,
    clock: stillClock,
    log: silent,
    ...options,
  });
}

export const s0 = agentId('b22b73d8-f42c-4719-9d56-0f6a9438d4d0-S0');

/** DRAIN_AGENT of {@link s0} within 10 minutes. */
export const drain: Extract<Call, { type: 'DRAIN_AGENT' }> = {
  type: 'DRAIN_AGENT',
  agentId: s0,
  maxGrace: seconds(600),
  markGone: false,
};
