import { describe, expect, it } from '@jest/globals';
import type { Call } from '../../src/domain/call.ts';
import { nothingApplied, verdictOf } from '../../src/mesos/outcome.ts';
import type { HttpResult } from '../../src/mesos/wire.ts';

function answered(status: number, body = ''): HttpResult {
  return { kind: 'answered', status, location: null, body };
}

const notConnected: HttpResult = { kind: 'not-connected', why: 'connection refused' };

describe('the outcome of a mutating call (promise 3)', () => {
  it.each<[string, HttpResult]>([
    ['200 with an empty body', answered(200)],
    ['202 with an empty body', answered(202)],
  ])('accepts on %s', (_, result) => {
    expect(verdictOf(result, 'DRAIN_AGENT')).toBe('accepted');
  });

  it.each<[string, HttpResult]>([
    ['a bad request', answered(400, 'Unknown agent')],
    ['missing credentials', answered(401, '401 Unauthorized.')],
    ['missing rights', answered(403, '403 Forbidden.')],
    ['a wrong path', answered(404, '404 Not Found.')],
    ['a wrong method', answered(405)],
    ['a wrong Accept', answered(406)],
    ['a conflict on DRAIN_AGENT', answered(409, 'Agent is currently being marked gone')],
    ['a wrong Content-Type', answered(415)],
    ['a redirect other than 307', answered(302)],
    ['not implemented', answered(501, '501 Not Implemented.')],
    ['no leader', answered(503, 'No leader elected')],
    ['a leader that has not recovered', answered(503, 'Master has not finished recovery')],
    ['an agent becoming gone', answered(503, "Agent 'S1' is already being transitioned to gone")],
    ['an agent being removed', answered(503, "Agent 'S1' is being transitioned to removed")],
    ['an agent becoming unreachable', answered(503, "Agent 'S1' is being transitioned to unreachable")],
    ['no connection', notConnected],
  ])('is rejected by %s', (_, result) => {
    expect(verdictOf(result, 'DRAIN_AGENT')).toBe('rejected');
  });

  it.each<[string, HttpResult]>([
    ['a proxy giving up on the request', answered(408)],
    ['a failed handler', answered(500, 'boom')],
    ['a bad gateway', answered(502)],
    ['a gateway timeout', answered(504)],
    ["somebody else's 503", answered(503, '<html>Service Unavailable</html>')],
    ['an empty 503', answered(503)],
    ['a 503 that only contains the known words', answered(503, 'proxy: No leader elected')],
    ["somebody else's 200", answered(200, '<html>Please log in</html>')],
    ['a reset', { kind: 'broken', status: null, timedOut: false, why: 'reset' }],
    ['a deadline', { kind: 'broken', status: null, timedOut: true, why: 'late' }],
    ['a 200 cut short', { kind: 'broken', status: 200, timedOut: false, why: 'reset' }],
    ['a 400 cut short', { kind: 'broken', status: 400, timedOut: false, why: 'reset' }],
    ['a status below 200', answered(199)],
    ['a status beyond all', answered(600)],
  ])('is unknown after %s', (_, result) => {
    expect(verdictOf(result, 'DRAIN_AGENT')).toBe('unknown');
  });
});

describe('the 409 of a reactivation that took effect', () => {
  const removed = 'Agent removed while processing the call';
  it.each<[string, number, string, Call['type'], string]>([
    ['REACTIVATE_AGENT', 409, removed, 'REACTIVATE_AGENT', 'accepted'],
    ['REACTIVATE_AGENT, with a line end', 409, `${removed}\n`, 'REACTIVATE_AGENT', 'accepted'],
    ['REACTIVATE_AGENT with other words', 409, 'Conflict', 'REACTIVATE_AGENT', 'rejected'],
    ['REACTIVATE_AGENT with more words', 409, `proxy: ${removed}`, 'REACTIVATE_AGENT', 'rejected'],
    ['REACTIVATE_AGENT under another status', 400, removed, 'REACTIVATE_AGENT', 'rejected'],
    ['any other call', 409, removed, 'DRAIN_AGENT', 'rejected'],
  ])('after %s is judged', (_, status, body, call, verdict) => {
    expect(verdictOf(answered(status, body), call)).toBe(verdict);
  });
});

describe('whether another master may be given the call', () => {
  it.each<[string, HttpResult, boolean]>([
    ['no connection', notConnected, true],
    ['No leader elected', answered(503, 'No leader elected'), true],
    ['Master has not finished recovery', answered(503, 'Master has not finished recovery'), true],
    ['any other 503', answered(503, 'busy'), false],
    ['an agent in transition', answered(503, "Agent 'S1' is being transitioned to removed"), false],
    ['500', answered(500, 'No leader elected'), false],
    ['400', answered(400), false],
    ['200', answered(200), false],
    ['a reset', { kind: 'broken', status: null, timedOut: false, why: 'reset' }, false],
    ['a deadline', { kind: 'broken', status: null, timedOut: true, why: 'late' }, false],
  ])('after %s is judged', (_, result, may) => {
    expect(nothingApplied(result)).toBe(may);
  });
});
