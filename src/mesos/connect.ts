import type { Calls, Master } from '../app/ports.ts';
import type { MasterId } from '../domain/ids.ts';
import { callsOf } from './calls.ts';
import { authorization } from './credentials.ts';
import { leaderTrail } from './leader.ts';
import { masterOf } from './master.ts';
import { agentGate } from './networks.ts';
import type { MesosOptions } from './options.ts';
import { masterReads, serverReads } from './reads.ts';
import { keptWire, singleUseWire } from './wire.ts';

/** 10 000 agents are about 27 MB (mesos-api 3.1); 100 000 tasks about 200 MB. */
const maxMasterBytes = 256 * 1024 * 1024;
const maxAgentBytes = 64 * 1024 * 1024;

/** Connects to one cluster; nothing is sent until something is asked. Throws a TypeError on no master or a bad
 * CIDR. */
export function connectMesos(options: MesosOptions): {
  master: Master;
  calls: Calls;
  close(): Promise<void>;
} {
  const { agents, clock, log, readDeadlineMs } = options;
  if (options.masters.length === 0) throw new TypeError('no master is configured');
  // A name and password in an address would travel into the log and the audit.
  const masters = options.masters.map(withoutUserinfo);
  // Short enough that one silent master leaves time for the others.
  const connectMs = Math.min(5000, Math.ceil(readDeadlineMs / 2));

  const masterWire = keptWire(options.tls, connectMs);
  const callWire = singleUseWire(options.tls, connectMs);
  const agentWire = keptWire(agents.tls, connectMs);
  const trail = leaderTrail({ masters, allowedHosts: options.allowedHosts }, log);
  const masterAuthorization = authorization(options.auth);
  const shared = { deadlineMs: readDeadlineMs, clock, log };

  const reads = masterReads(
    { ...shared, wire: masterWire, authorization: masterAuthorization, maxBytes: maxMasterBytes },
    trail,
  );
  const ids = new Map<string, MasterId>();
  const rememberingReads = {
    ...reads,
    async leader() {
      const found = await reads.leader();
      ids.set(found.base.href, found.leader.id);
      return found;
    },
  };
  const agentReads = serverReads({
    ...shared,
    wire: agentWire,
    authorization: authorization(agents.auth),
    maxBytes: maxAgentBytes,
  });

  return {
    master: masterOf(options.cluster, rememberingReads, {
      gate: agentGate(agents.networks, masters),
      https: agents.https,
      askAt: agentReads.askAt,
    }),
    calls: callsOf({
      wire: callWire,
      authorization: masterAuthorization,
      deadlineMs: options.callDeadlineMs,
      trail,
      idAt: (base) => ids.get(base.href) ?? null,
    }),
    async close() {
      await Promise.all([masterWire.close(), callWire.close(), agentWire.close()]);
    },
  };
}

function withoutUserinfo(url: URL): URL {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  return plain;
}
