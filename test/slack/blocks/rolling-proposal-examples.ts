import { agentId, clusterName, planId, seconds } from '../../../src/domain/ids.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import type { ProposedWave, RollingProposal } from '../../../src/domain/rolling/proposal.ts';
import type { RollingWork } from '../../../src/domain/rolling.ts';
import { at, noon } from '../../support/samples.ts';
import { hours } from './moments.ts';

/** What drains in waves would do, in every form; `long`: how many agents and waves the longest have. */
export function rollingProposals(foreign: string, long: number): Notice[] {
  const room = { cpus: 4, mem: 4_096, disk: 0, gpus: 0 };
  const agents = (count: number): ProposedWave['agents'] =>
    Array.from({ length: count }, (_, n) => ({
      agentId: agentId(`x-S${n}`),
      hostname: foreign,
      state: foreign,
      tasks: n % 2 === 0 ? n : null,
    }));
  const wave = (over: Partial<ProposedWave> = {}): ProposedWave => ({
    agents: agents(2),
    expectedEnd: at(600),
    room: { free: room, needed: room, agents: 3 },
    sole: [],
    objections: [],
    ...over,
  });
  const on = [agentId('x-S1')];
  const warned = wave({
    expectedEnd: null,
    room: null,
    sole: [
      { framework: 'f1', frameworkName: foreign, name: foreign, count: 1, agents: on },
      { framework: foreign, frameworkName: null, name: null, count: 3, agents: on },
    ],
    objections: [
      { code: 'no-room', short: ['cpus', 'mem', foreign], misfits: 1 },
      { code: 'too-little-free', kind: 'mem', freePercent: -3, wantedPercent: 20 },
      {
        code: 'last-instances',
        names: [
          { framework: foreign, name: foreign, instances: 2 },
          { framework: foreign, name: '', instances: 2 },
        ],
      },
      { code: 'not-known', what: 'room', why: foreign },
      { code: 'not-known', what: 'instances', why: foreign },
    ],
  });
  const work: RollingWork = {
    do: 'roll',
    maxGrace: null,
    parallel: 2,
    per: [{ attribute: foreign, allowed: 1 }],
    pause: seconds(300),
    afterwards: { do: 'wait' },
  };
  const proposal: RollingProposal = {
    plan: { id: planId(3), expiresAt: at(900) },
    cluster: clusterName('main'),
    at: noon,
    work,
    reason: foreign,
    waves: [wave(), wave({ room: null })],
    refused: [],
    limits: { atOnce: 3, open: 1 },
    gate: null,
    minFreePercent: 0,
    because: [],
    destroyed: null,
    changed: [],
  };
  const refused: RollingProposal['refused'] = [
    {
      agentId: agentId('x-S9'),
      hostname: foreign,
      state: foreign,
      refusal: {
        code: 'not-rollable',
        agent: { agentId: agentId('x-S9'), hostname: foreign, state: foreign },
      },
    },
  ];
  const shown: RollingProposal[] = [
    proposal,
    ...hours.map((hour) => ({ ...proposal, hour })),
    { ...proposal, waves: [], refused, plan: null, reason: null },
    {
      ...proposal,
      refused,
      waves: [warned, wave({ agents: agents(long) })],
      work: { ...work, maxGrace: seconds(60), pause: seconds(0), per: [], afterwards: { do: 'mark-gone' } },
      gate: foreign,
      minFreePercent: 20,
      because: [{ why: 'irreversible', command: 'drain --mark-gone' }],
      destroyed: { volumes: 1, reservations: 2, notKnown: 1 },
      changed: [{ hostname: foreign, changes: [{ what: 'last-instances' }] }],
    },
    {
      ...proposal,
      plan: null,
      waves: Array.from({ length: long }, () => warned),
      work: { ...work, afterwards: { do: 'reactivate', after: seconds(3600) } },
    },
    { ...proposal, work: { ...work, afterwards: { do: 'reactivate', after: seconds(0) } } },
  ];
  return shown.map((each): Notice => ({ kind: 'rolling-proposal', proposal: each }));
}
