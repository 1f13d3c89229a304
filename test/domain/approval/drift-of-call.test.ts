import { describe, expect, it } from '@jest/globals';
import {
  type AgentNow,
  type Drift,
  driftOf,
  driftOfFirstCall,
  witnessDrift,
} from '../../../src/domain/approval/drift.ts';
import type { MasterWord } from '../../../src/domain/approval/witness.ts';
import type { AgentApproval } from '../../../src/domain/approval.ts';
import { drainId, seconds } from '../../../src/domain/ids.ts';
import { approval } from '../../support/approval-samples.ts';
import { at, drain, leader, otherLeader, states } from '../../support/samples.ts';
import { inShort, loss, volume } from './losses.ts';

const word: MasterWord = { leader, startedAt: at(5) };

describe('the drain at the master', () => {
  it.each<[string, MasterWord | null, MasterWord | null, string]>([
    ['none, then as now', null, null, '-'],
    ['the same', word, { ...word }, '-'],
    [
      'the same, of a leader that never knew its start',
      { leader, startedAt: null },
      { leader, startedAt: null },
      '-',
    ],
    ['begun anew', word, { ...word, startedAt: at(6) }, 'drain-begun-anew'],
    ['without its start', word, { ...word, startedAt: null }, 'drain-begun-anew'],
    ['with a start that it had not', { leader, startedAt: null }, word, 'drain-begun-anew'],
    // What happened between the two, nobody saw.
    ['at another leader', word, { ...word, leader: otherLeader }, 'leader'],
    ['at another leader that lost its start', word, { leader: otherLeader, startedAt: null }, 'leader'],
    ['there, and not any more', word, null, 'drain-begun-anew'],
    ['never witnessed, and there', null, word, 'drain-begun-anew'],
  ])('%s', (_, before, now, drift) => {
    expect(inShort(witnessDrift(before, now))).toBe(drift);
  });
});

/** The agent as the sample approval showed it. */
function asShown(over: Partial<AgentNow> = {}): AgentNow {
  const { hostname, address, loss: shown, act } = approval();
  return {
    hostname,
    address,
    loss: shown,
    act,
    first: { step: 'call' },
    witness: null,
    masterWordOnly: false,
    ...over,
  };
}

describe('an approval', () => {
  it.each<[string, Partial<AgentApproval>, Partial<AgentNow>, Drift[]]>([
    ['of what is still so', {}, {}, []],
    [
      'of another hostname',
      {},
      { hostname: 'agent9.example' },
      [{ what: 'hostname', shown: 'agent3.example', now: 'agent9.example' }],
    ],
    [
      'of another address',
      {},
      { address: { ip: '10.0.0.9', port: 5051 } },
      [{ what: 'address', shown: '10.0.0.3:5051', now: '10.0.0.9:5051' }],
    ],
    [
      'of another port',
      {},
      { address: { ip: '10.0.0.3', port: 5052 } },
      [{ what: 'address', shown: '10.0.0.3:5051', now: '10.0.0.3:5052' }],
    ],
    [
      'of an address that is known no more',
      {},
      { address: null },
      [{ what: 'address', shown: '10.0.0.3:5051', now: 'not known' }],
    ],
    [
      'of one that was not known',
      { address: null },
      {},
      [{ what: 'address', shown: 'not known', now: '10.0.0.3:5051' }],
    ],
    ['of an address not known, then as now', { address: null }, { address: null }, []],
    [
      'of a larger loss',
      {},
      { loss: loss({ held: [volume('v1')] }) },
      [{ what: 'volume', held: volume('v1') }],
    ],
    [
      'of a dead machine that is back',
      { loss: loss({ alive: false }) },
      { loss: loss({ alive: true }) },
      [{ what: 'alive' }],
    ],
    [
      'of a dead machine that is dead',
      { loss: loss({ alive: false }) },
      { loss: loss({ alive: false }) },
      [],
    ],
    [
      'of a loss that nobody can tell any more, and why',
      {},
      { loss: loss({ held: '403' }) },
      [{ what: 'not-known', fact: 'held', why: '403' }],
    ],
  ])('covers nothing but what it showed: %s', (_, shown, now, drift) => {
    expect(driftOf(approval(shown), asShown(now))).toEqual(drift);
    expect(driftOfFirstCall(approval(shown), asShown(now))).toEqual(drift);
  });

  it('names all at once', () => {
    const now = asShown({ hostname: 'x', address: null, loss: loss({ alive: false, held: [volume('v1')] }) });
    expect(inShort(driftOf(approval(), now))).toBe('hostname, address, away, volume v1');
  });
});

describe('the first call', () => {
  const d17 = drain({ state: states.draining });
  const ours: Partial<AgentNow> = { first: { step: 'ours', drain: d17 }, witness: word };
  const goesOn: Partial<AgentApproval> = { drain: d17.id, witness: word };
  const follows: Partial<AgentApproval> = { witness: word };
  const adopt: Partial<AgentNow> = { first: { step: 'adopt', maxGrace: seconds(600) }, witness: word };

  it.each<[string, Partial<AgentApproval>, Partial<AgentNow>, string]>([
    ['begins by a call, as shown', {}, {}, '-'],
    ['goes on from our drain, as shown', goesOn, ours, '-'],
    ['follows somebody else’s drain, as shown', follows, adopt, '-'],
    // Somebody began a drain while people voted.
    ['would go on from our drain, shown was a call', {}, ours, 'drain-begun-anew'],
    ['would follow somebody else’s drain, shown was a call', {}, adopt, 'drain-begun-anew'],
    ['would go on from our drain, shown was somebody else’s', follows, ours, 'drain-begun-anew'],
    ['would be a call, shown was our drain', goesOn, {}, 'drain-begun-anew'],
    ['would be a call, shown was somebody else’s drain', follows, {}, 'drain-begun-anew'],
    [
      'would go on from another drain of ours',
      goesOn,
      { ...ours, first: { step: 'ours', drain: drain({ id: drainId(18) }) } },
      'drain-begun-anew',
    ],
    [
      'goes on from a drain that began anew',
      goesOn,
      { ...ours, witness: { ...word, startedAt: at(9) } },
      'drain-begun-anew',
    ],
    [
      'goes on from a drain at another leader',
      goesOn,
      { ...ours, witness: { ...word, leader: otherLeader } },
      'leader',
    ],
    [
      'follows a drain that began anew',
      follows,
      { ...adopt, witness: { ...word, startedAt: at(9) } },
      'drain-begun-anew',
    ],
    [
      'follows a drain at another leader',
      follows,
      { ...adopt, witness: { ...word, leader: otherLeader } },
      'leader',
    ],
    // The act is exact.
    [
      'has another grace',
      {},
      { act: { kind: 'drain-then-gone', maxGrace: seconds(60) } },
      'drain-begun-anew',
    ],
    ['has no grace', {}, { act: { kind: 'drain-then-gone', maxGrace: null } }, 'drain-begun-anew'],
    ['is another one', {}, { act: { kind: 'drain-unattended', maxGrace: seconds(600) } }, 'drain-begun-anew'],
    [
      'is meant for the dead, and was for whatever is there',
      { act: { kind: 'mark-gone', now: true } },
      { act: { kind: 'mark-gone', now: false } },
      'drain-begun-anew',
    ],
    [
      'is the same act',
      { act: { kind: 'mark-gone', now: true } },
      { act: { kind: 'mark-gone', now: true } },
      '-',
    ],
    // Emptiness would be the master's word alone.
    ['of an agent that can not be asked any more', {}, { masterWordOnly: true }, 'master-word-only'],
    [
      'of an agent that could not be asked, as shown',
      { masterWordOnly: true },
      { masterWordOnly: true },
      '-',
    ],
    ['of an agent that can be asked now', { masterWordOnly: true }, {}, '-'],
    [
      'of which nothing is as it was',
      {},
      { ...ours, hostname: 'x', masterWordOnly: true },
      'hostname, drain-begun-anew, master-word-only',
    ],
  ])('%s', (_, shown, now, drift) => {
    expect(inShort(driftOfFirstCall(approval(shown), asShown(now)))).toBe(drift);
  });

  it('judges more than the second: how it begins is its own matter', () => {
    expect(driftOf(approval(), asShown({ ...ours, masterWordOnly: true }))).toEqual([]);
  });
});
