import { describe, expect, it } from '@jest/globals';
import { type CommandDeed, type DeedState, isUnderWay } from '../../../src/domain/audit/deed.ts';
import { deedOf } from '../../../src/domain/audit/deed-of.ts';
import type { AuditEntry, AuditEvent, Json } from '../../../src/domain/audit.ts';

const person = (user: string) => ({
  kind: 'person' as const,
  user,
  team: 'T0HOME',
  name: user.toLowerCase(),
});
const agent = { id: 'm-S3', hostname: 'agent3.example' };
const clock = (seq: number) => `2026-11-22T14:00:${String(seq).padStart(2, '0')}.000Z`;

type Step = [event: AuditEvent, outcome?: string | undefined, rest?: Partial<AuditEntry>];

/** The entries of one deed, a second apart, the first with the command. */
function entries(parsed: Json, ...steps: Step[]): AuditEntry[] {
  return steps.map(([event, outcome, rest], n) => ({
    v: 1,
    seq: n + 1,
    at: clock(n + 1),
    event,
    correlation: 'c-1',
    agent,
    actor: n === 0 ? person('U0MARA') : { kind: 'bot' },
    ...(n === 0 ? { command: { typed: 'as typed', parsed } } : {}),
    ...(outcome === undefined ? {} : { outcome }),
    ...rest,
  }));
}

function asked(parsed: Json, ...steps: Step[]): CommandDeed {
  const deed = deedOf(entries(parsed, ...steps));
  if (deed.kind !== 'command') throw new Error('nobody asked for it');
  return deed;
}

const sent: Step = ['call.intended'];
const taken: Step = ['call.accepted', 'accepted'];
const wait: Step = ['plan.scheduled', 'drain', { facts: { hour: clock(9) } }];
const question: Step = ['approval.asked'];
const proven: Step = ['drain.drained', 'master-and-agent'];
const underWay = { is: 'under-way', left: null, of: null, waiting: null, gone: 'none' } as const;
const ended = { is: 'ended', by: null, outside: false, gone: 'none' } as const;
const over = (how: string, seq: number, drainedAt: string | null = null): DeedState => ({
  ...ended,
  how,
  at: clock(seq),
  drainedAt,
});

describe('what a deed has come to', () => {
  it.each<[string, string, Step[], DeedState, boolean]>([
    ['a call on its way', 'drain', [sent], { is: 'sent', unknown: false }, true],
    ['a lost answer', 'drain', [sent, ['call.unknown']], { is: 'sent', unknown: true }, true],
    ['a drain', 'drain', [sent, taken], underWay, true],
    ['one whose effect was seen', 'drain', [sent, ['call.unknown'], ['drain.effect-seen']], underWay, true],
    ['one of others, followed', 'drain', [question, ['drain.adopted']], underWay, true],
    [
      'one of which tasks are left, and that is stuck',
      'drain',
      [
        sent,
        taken,
        ['drain.progressed', undefined, { facts: { left: 3, of: 8 } }],
        ['drain.waiting', 'unreachable'],
      ],
      { ...underWay, left: 3, of: 8, waiting: 'unreachable' },
      true,
    ],
    [
      'one that moves again',
      'drain',
      [sent, taken, ['drain.waiting', 'unreachable'], ['drain.moving-again']],
      underWay,
      true,
    ],
    [
      'machines that are to go down',
      'maintenance start',
      [['command.answered'], question, ['plan.begun', 'start'], sent, taken],
      underWay,
      true,
    ],
    [
      'a plan over machines that was stopped',
      'maintenance start',
      [
        ['command.answered'],
        question,
        ['plan.begun', 'start'],
        ['plan.ended', 'cancelled', { facts: { by: { userId: 'U0MARA' } } }],
      ],
      { ...(over('cancelled', 4) as object), by: 'U0MARA' } as DeedState,
      false,
    ],
    ['one that waits for its hour', 'drain', [wait], { is: 'scheduled', hour: clock(9) }, true],
    ['one whose hour came', 'drain', [wait, ['plan.begun', 'drain'], sent, taken], underWay, true],
    ['one whose hour went by', 'drain', [wait, ['plan.ended', 'late']], over('late', 2), false],
    ['a drained agent', 'drain', [sent, taken, proven], { is: 'drained', at: clock(3), gone: 'none' }, false],
    [
      'one to be marked gone',
      'drain',
      [question, sent, taken, ['drain.gone-planned'], proven],
      { is: 'drained', at: clock(5), gone: 'planned' },
      true,
    ],
    [
      'one that will not be',
      'drain',
      [
        question,
        sent,
        taken,
        ['drain.gone-planned'],
        ['approval.settled', 'taken-back'],
        ['drain.gone-dropped'],
        proven,
      ],
      { is: 'drained', at: clock(7), gone: 'dropped' },
      false,
    ],
    [
      'gone, by two calls',
      'drain',
      [
        question,
        sent,
        taken,
        proven,
        ['approval.settled', 'used'],
        sent,
        taken,
        ['mark-gone.ended', 'gone'],
        ['drain.ended', 'gone'],
      ],
      over('gone', 9, clock(4)),
      false,
    ],
    [
      'drained, though its second call was refused',
      'drain',
      [sent, taken, proven, sent, ['call.rejected'], ['mark-gone.ended', 'rejected']],
      { is: 'drained', at: clock(3), gone: 'none' },
      false,
    ],
    [
      'back in service',
      'drain',
      [sent, taken, proven, ['drain.ended', 'reactivated']],
      over('reactivated', 4, clock(3)),
      false,
    ],
    ['rejected', 'drain', [sent, ['call.rejected'], ['drain.ended', 'rejected']], over('rejected', 3), false],
    ['a waiting question', 'mark-gone', [question], { is: 'asked' }, true],
    ['a hold', 'mark-gone', [question, ['approval.held']], { is: 'held' }, true],
    [
      'a hold that was let go',
      'mark-gone',
      [question, ['approval.held'], ['approval.released']],
      { is: 'asked' },
      true,
    ],
    [
      'denied',
      'mark-gone',
      [question, ['approval.settled', 'denied', { actor: person('U0DEV') }]],
      { is: 'settled', how: 'denied', at: clock(2), by: 'U0DEV' },
      false,
    ],
    [
      'asked again',
      'mark-gone',
      [question, ['approval.settled', 'changed'], question],
      { is: 'asked' },
      true,
    ],
    [
      'a dead machine',
      'mark-gone',
      [question, sent, taken, ['mark-gone.ended', 'gone']],
      over('gone', 4),
      false,
    ],
    [
      'a drained agent that somebody else marked gone',
      'drain',
      [sent, taken, proven, ['drain.ended', 'gone', { actor: { kind: 'outside' } }]],
      { ...ended, how: 'gone', at: clock(4), drainedAt: clock(3), outside: true },
      false,
    ],
    [
      'a reactivation',
      'reactivate',
      [sent, taken, ['reactivation.ended', 'active']],
      over('active', 3),
      false,
    ],
    [
      'a refusal',
      'drain',
      [['command.refused', undefined, { decision: 'not-operator' }]],
      { is: 'refused', code: 'not-operator' },
      false,
    ],
    ['an answer', 'status', [['command.answered']], { is: 'answered' }, false],
    ['a fault', 'drain', [['command.failed']], { is: 'failed' }, false],
    ['a late one', 'drain', [['command.late']], { is: 'late' }, false],
    ['a closed drain', 'close', [['command.accepted']], over('done', 1), false],
    ['what a newer bot files', 'drain', [sent, taken, ['drain.sang' as AuditEvent]], underWay, true],
  ])('%s', (_, verb, steps, state, isOpen) => {
    const [part] = asked({ verb }, ...steps).parts;
    expect(part?.state).toEqual(state);
    expect(part && isUnderWay(part.state)).toBe(isOpen);
  });

  it('is told of a change of a drain by that drain’s entries, and not of the drain itself', () => {
    const changes = entries({ verb: 'hasten', drain: 17 }, sent, taken);
    const seen = entries({}, ['drain.hastened'], ['drain.hasten-failed', 'not-applied']);
    const state = (verb: string, sequel: AuditEntry) => {
      const deed = deedOf(verb === 'hasten' ? changes : entries({ verb }, sent, taken, [sequel.event]), [
        sequel,
      ]);
      return deed.kind === 'command' && deed.parts[0]?.state;
    };
    const [hastened, failed] = seen as [AuditEntry, AuditEntry];
    expect(state('hasten', hastened)).toMatchObject({ is: 'ended', how: 'done' });
    expect(state('hasten', failed)).toMatchObject({ is: 'ended', how: 'not-applied' });
    expect(state('drain', hastened)).toEqual(underWay);
  });
});

describe('a deed', () => {
  it.each([
    [{ target: { typed: 'agent3' } }, 'agent3'],
    [{ targets: { names: [{ typed: 'agent3' }, { typed: 'S4' }] } }, 'agent3 S4'],
    [
      {
        targets: {
          where: [
            { attribute: 'rack', is: true, values: ['r1', 'r2'] },
            { attribute: 'zone', is: false, values: ['z1'] },
          ],
          hosts: ['db-*'],
        },
      },
      'rack=r1,r2 zone!=z1 --host db-*',
    ],
    [{ targets: 'odd' }, null],
  ])('tells which agents were meant by %j', (parsed, target) => {
    expect(asked({ verb: 'drain', ...parsed }, ['command.refused']).asked.target).toBe(target);
  });

  it('tells why it was asked for even where it was refused', () => {
    const parsed = { verb: 'drain', reason: 'disk dying' };
    expect(asked(parsed, ['command.refused', undefined, { decision: 'limit-reached' }]).reason).toBe(
      'disk dying',
    );
  });

  it('tells who asked for what, why, on whose approval, who reacted, and where', () => {
    const by = [{ user: 'U0DEV', team: 'T0HOME', name: 'dev' }];
    const vote = (user: string, outcome: string): Step => ['approval.vote', outcome, { actor: person(user) }];
    const deed = asked(
      { verb: 'drain', target: { typed: 'agent3' }, markGone: true, unattended: true },
      ['approval.asked', undefined, { reason: 'disk dying', cluster: 'prod', approval: { id: 9, by: [] } }],
      vote('U0MARA', 'refused own-vote'),
      vote('U0SAM', 'approves'),
      ['approval.vote-gone', 'approves', { actor: person('U0SAM') }],
      ['approval.vote', 'denies', { facts: { user: 'U0GONE' } }],
      [
        'call.intended',
        undefined,
        { drain: 17, approval: { id: 9, by }, place: { channel: 'C', thread: 'https://x' } },
      ],
    );
    expect(deed).toMatchObject({
      seq: 1,
      at: clock(1),
      by: { user: 'U0MARA' },
      asked: {
        typed: 'as typed',
        via: 'typed',
        verb: 'drain',
        target: 'agent3',
        markGone: true,
        unattended: true,
      },
      cluster: 'prod',
      reason: 'disk dying',
      approval: { id: 9, by: [{ user: 'U0DEV', name: 'dev' }] },
      votes: [
        { user: 'U0MARA', outcome: 'refused own-vote' },
        { user: 'U0SAM', outcome: 'taken-back' },
        { user: 'U0GONE', outcome: 'denies' },
      ],
      parts: [{ agent, drain: 17 }],
      thread: 'https://x',
    });
  });

  it.each<[Json, string | null]>([
    [{ verb: 'close', drain: 17 }, 'd17'],
    [{ verb: 'cancel', work: { drain: 17 } }, 'd17'],
    [{ verb: 'cancel', work: { approval: 9 } }, 'a9'],
    [{ verb: 'cancel', work: { plan: 3 } }, 'p3'],
    [{ verb: 'drain' }, null],
    [['odd'], null],
  ])('names the work in %j: %s', (parsed, work) => {
    expect(asked(parsed, ['command.accepted']).asked.work).toBe(work);
  });

  it('has a part for each agent', () => {
    const other = { id: 'm-S4', hostname: 'agent4.example' };
    const deed = asked(
      { verb: 'drain' },
      sent,
      ['call.intended', undefined, { agent: other }],
      taken,
      proven,
    );
    expect(deed.parts).toEqual([
      { agent, drain: null, state: { is: 'drained', at: clock(4), gone: 'none' } },
      { agent: other, drain: null, state: { is: 'sent', unknown: false } },
    ]);
  });

  it('that nobody asked for is its entry, without what is too large to show', () => {
    const [{ command: _, ...entry }] = entries({}, ['bot.started']) as [AuditEntry];
    const response = { status: 200, body: 'long', bodySha256: 'x', bodyBytes: 4 };
    const deed = deedOf([
      { ...entry, request: { call: 'C', body: 'long' }, response, facts: { left: 1, loss: [] } },
    ]);
    expect(deed).toEqual({
      kind: 'occurrence',
      entry: {
        ...entry,
        request: { call: 'C', body: '' },
        response: { ...response, body: '' },
        facts: { left: 1 },
      },
    });
    expect(() => deedOf([])).toThrow('without an entry');
  });
});
