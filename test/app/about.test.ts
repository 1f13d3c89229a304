import { describe, expect, it } from '@jest/globals';
import { aboutAnswer, aboutRefusal } from '../../src/app/commands/about.ts';
import { drainId } from '../../src/domain/ids.ts';
import { agentId } from '../support/samples.ts';

const label = { agentId, hostname: 'agent3.example', state: 'active' };
const agent = { id: agentId, hostname: 'agent3.example' };
const drain = drainId(17);

describe('what a command turned out to be about', () => {
  it.each([
    ['an agent', aboutRefusal({ code: 'reactivation-open', agent: label, permalink: null }), { agent }],
    ['a drain', aboutRefusal({ code: 'cannot-cancel-drain', drain }), { drain }],
    ['both', aboutRefusal({ code: 'already-open', drain, agent: label, permalink: null }), { agent, drain }],
    [
      'no drain, as there is none',
      aboutRefusal({ code: 'unattended-too-late', agent: label, drain: null }),
      { agent },
    ],
    ['neither', aboutRefusal({ code: 'direct-message' }), {}],
    [
      'an offer',
      aboutAnswer({
        kind: 'hasten-offer',
        drain,
        agentId,
        hostname: 'agent3.example',
        requester: 'U1' as never,
        reason: null,
        startedAt: 0 as never,
        wasSeconds: 600,
        maxGraceSeconds: 60,
        permalink: null,
      }),
      { agent, drain },
    ],
    ['an answer that is about none', aboutAnswer({ kind: 'help', topic: null, clusters: [] }), {}],
  ])('is on record, so that the log is found by it: %s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});
