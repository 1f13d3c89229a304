import type { Collision } from '../../../src/domain/collisions.ts';
import { approvalId, correlationId, drainId, planId, threadId } from '../../../src/domain/ids.ts';
import { now, person } from './moments.ts';

/** Work of somebody else that is in the way, in each of its forms. */
export function collisions(foreign: string, long: number): Collision[] {
  const works: Collision['work'][] = [
    { what: 'drain', drain: drainId(17), way: 'drain' },
    { what: 'drain', drain: drainId(18), way: 'deactivate' },
    { what: 'drained', drain: drainId(19), way: 'drain' },
    { what: 'approval', approval: approvalId(9) },
    { what: 'plan', plan: planId(3) },
    { what: 'mark-gone' },
    { what: 'reactivation' },
  ];
  const many = Array.from({ length: long }, () => foreign);
  return many.map((_, at) => ({
    work: works[at % works.length] ?? { what: 'mark-gone' },
    by: person.userId,
    since: now,
    hostnames: many,
    same: at % 2 === 0 ? [foreign] : [],
    racks: many,
    frameworks: many,
    notKnown: at % 3 === 0,
    correlation: correlationId(`c-${at}`),
    thread: threadId(`t-${at}`),
    permalink: at % 2 === 0 ? 'https://playground.slack.com/archives/C0MESOSOPS/p1700000000000100' : null,
  }));
}
