import fc from 'fast-check';
import type { FaultKind } from '../../playground/mesos/faults.ts';
import type { FaultKind as SlackFaultKind } from '../../playground/slack/rules/faults.ts';
import {
  anyHost,
  type ClusterEvent,
  clusterEvent,
  healCluster,
  one,
  strike,
  suddenly,
} from './cluster-events.ts';
import { outsideGrace } from './observer.ts';
import { byCurl } from './tell.ts';
import type { World } from './world.ts';

/** One thing that happens; plain data, so that a script can be printed and played again. */
export type ChaosEvent =
  | { do: 'drain' | 'close' | 'status'; n: number }
  | ClusterEvent
  | {
      do: 'master fault';
      index: number;
      match: { call?: string; path?: string };
      fault: FaultKind;
      times: number;
    }
  | { do: 'agent fault'; host: string; fault: FaultKind; times: number }
  | { do: 'curl'; what: 'drain' | 'drain and mark gone' | 'reactivate' | 'gone'; host: string }
  | { do: 'slack fault'; method: string; fault: SlackFaultKind; times: number }
  | { do: 'cut slack'; how: 'refresh_requested' | 'cut' }
  | { do: 'leap'; ms: number }
  /** In the middle of what the bot does when that many requests more have reached a master. */
  | { do: 'ambush'; requests: number; event: ClusterEvent };

/** A life of the bot ends at this boundary (test/support/crash.ts), and the next one begins after so many seconds. */
export interface Life {
  at: number;
  when: 'before' | 'after';
  downSeconds: number;
}

/** What happens to one world. */
export interface Script {
  lives: Life[];
  events: { afterMs: number; event: ChaosEvent }[];
}

const times = fc.integer({ min: 1, max: 5 });

const event: fc.Arbitrary<ChaosEvent> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: one('drain'), n: fc.integer({ min: 0, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ do: one('close', 'status'), n: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 12, arbitrary: clusterEvent },
  {
    weight: 4,
    arbitrary: fc.record({
      do: one('master fault'),
      index: one(0, 1),
      match: one(
        {},
        { call: 'DRAIN_AGENT' },
        { call: 'DRAIN_AGENT' },
        { call: 'GET_MASTER' },
        { path: '/slaves' },
        { path: '/registrar(1)/registry' },
      ),
      fault: one<FaultKind>('refuse', 'hang', 'drop-after-apply', '503', '500', 'garbage', 'html-502'),
      times,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: one('agent fault'),
      host: anyHost,
      fault: one<FaultKind>('refuse', 'hang', '503', '500', 'garbage', 'html-502'),
      times,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: one('curl'),
      what: one('drain', 'drain and mark gone', 'reactivate', 'reactivate', 'gone'),
      host: anyHost,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: one('slack fault'),
      method: one(
        'chat.postMessage',
        'chat.postMessage',
        'chat.update',
        'conversations.history',
        'conversations.replies',
        'chat.getPermalink',
        'users.info',
        'apps.connections.open',
        'response_url',
      ),
      // Not `hang`: its deadline of ten seconds is one of the wall's clock.
      fault: one<SlackFaultKind>('429', '500', 'drop-after-apply', 'drop-after-apply', 'html'),
      times,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: one('cut slack'), how: one('refresh_requested', 'cut') }) },
  { weight: 2, arbitrary: fc.record({ do: one('leap'), ms: one(500, 5_000, 20_000, 60_000) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: one('ambush'), requests: fc.integer({ min: 1, max: 12 }), event: suddenly }),
  },
);

/** Any script: a drain first, then whatever comes, over some minutes. */
export const script: fc.Arbitrary<Script> = fc.record({
  lives: fc.array(
    fc.record({
      at: fc.integer({ min: 3, max: 60 }),
      when: one('before', 'after'),
      downSeconds: one(1, 10, 40, 90),
    }),
    { maxLength: 3 },
  ),
  events: fc
    .array(fc.record({ afterMs: one(0, 500, 2_000, 6_000, 15_000, 30_000), event }), {
      minLength: 15,
      maxLength: 35,
    })
    .map((events) => [{ afterMs: 0, event: { do: 'drain' as const, n: 0 } }, ...events]),
});

/** Makes it happen. What can't happen to something in its present state does not. `drains` counts the drains that
 * were typed: each has a grace of its own. */
export async function happen(
  world: World,
  what: Exclude<ChaosEvent, { do: 'ambush' | 'leap' }>,
  drains: { typed: number },
): Promise<void> {
  const { model } = world.cluster;
  switch (what.do) {
    case 'drain': {
      const grace = 600 + drains.typed++;
      const on = `agent${what.n + 1}`;
      return type(`/mesos drain ${on} --max-grace-period ${grace}s --reason "the grace is ${grace}"`);
    }
    case 'close':
      return type(`/mesos close d${what.n} --reason "not needed any more"`);
    case 'status':
      return type(`/mesos status d${what.n}`);
    case 'master fault': {
      const { match, fault, times: often } = what;
      return model.masterFaults(what.index).add({ match, fault, times: often });
    }
    case 'agent fault':
      return model.agentFaults(what.host).add({ match: {}, fault: what.fault, times: what.times });
    case 'curl':
      return curl(world, what.what, what.host);
    case 'slack fault': {
      const { method, fault, times: often } = what;
      return world.slack.model.faults.add({ method, fault, times: often, retryAfter: 5 });
    }
    case 'cut slack':
      return world.slack.disconnect(what.how);
    default:
      return strike(model, what);
  }

  function type(line: string): void {
    // Slack may be unable to deliver it; then nothing happens, as for a person.
    world.slack.type('mara', 'mesos-ops', line).catch(() => {});
  }
}

async function curl(world: World, what: string, hostname: string): Promise<void> {
  const id = world.cluster.model.cluster.processes.find((each) => each.host.spec.hostname === hostname)?.id;
  if (id === null || id === undefined) return;
  const agent_id = { value: id };
  const drain = { agent_id, max_grace_period: { seconds: outsideGrace } };
  const calls: Record<string, object> = {
    drain: { type: 'DRAIN_AGENT', drain_agent: drain },
    'drain and mark gone': { type: 'DRAIN_AGENT', drain_agent: { ...drain, mark_gone: true } },
    reactivate: { type: 'REACTIVATE_AGENT', reactivate_agent: { agent_id } },
    gone: { type: 'MARK_AGENT_GONE', mark_agent_gone: { agent_id } },
  };
  // A person whose call meets a fault gets an error, and leaves it at that.
  await byCurl(world, calls[what] ?? {}, 300).catch(() => {});
}

/** Everything works again, on either side of the bot. */
export function heal(world: World): void {
  healCluster(world.cluster.model);
  for (const method of slackMethods) while (world.slack.model.faults.take(method) !== null);
}

/** Those that a script disturbs. */
const slackMethods = [
  'chat.postMessage',
  'chat.update',
  'conversations.history',
  'conversations.replies',
  'chat.getPermalink',
  'users.info',
  'apps.connections.open',
  'response_url',
];
