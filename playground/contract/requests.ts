import { type Assertion, answers, same } from './assertion.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const HEALTH = '{"type":"GET_HEALTH"}';

const post = (headers: Record<string, string>, body: string | Uint8Array) => ({
  method: 'POST',
  headers,
  body,
});

/** Assertions about what a master refuses before it looks at a call. They change nothing. */
export const REQUEST_ASSERTIONS: readonly Assertion[] = [
  {
    name: 'refuses a Content-Type with a charset',
    run: async ({ leader }) => {
      const headers = { 'Content-Type': 'application/json; charset=utf-8' };
      const answer = await leader.send('/api/v1', post(headers, HEALTH));
      answers(answer, 415, "Expecting 'Content-Type' of application/json or application/x-protobuf");
    },
  },
  {
    name: 'refuses a request without Content-Type',
    run: async ({ leader }) => {
      const answer = await leader.send('/api/v1', post({}, new TextEncoder().encode(HEALTH)));
      answers(answer, 400, "Expecting 'Content-Type' to be present");
    },
  },
  {
    name: 'refuses GET, and names POST',
    run: async ({ leader }) => {
      const answer = await leader.send('/api/v1');
      answers(answer, 405, '405 Method Not Allowed.');
      same(answer.headers.get('allow'), 'POST', 'Allow');
    },
  },
  {
    name: 'refuses what is not JSON, in plain text',
    run: async ({ leader }) => {
      const answer = await leader.send('/api/v1', post(JSON_TYPE, '{'));
      answers(answer, 400, 'Failed to parse body into JSON: syntax error at line 1 near: ');
      same(answer.headers.get('content-type'), 'text/plain; charset=utf-8', 'Content-Type');
    },
  },
  {
    name: 'takes an unknown call for a missing type',
    run: async ({ leader }) =>
      answers(
        await leader.call('NO_SUCH_CALL'),
        400,
        "Failed to validate master::Call: Expecting 'type' to be present",
      ),
  },
  {
    name: 'ignores keys it does not know',
    run: async ({ leader }) => {
      const answer = await leader.send('/api/v1', post(JSON_TYPE, '{"type":"GET_HEALTH","nope":1}'));
      same(answer.status, 200, 'status');
    },
  },
  {
    name: 'refuses an Accept that allows neither JSON nor protobuf',
    run: async ({ leader }) => {
      const answer = await leader.send('/api/v1', post({ ...JSON_TYPE, Accept: 'text/html' }, HEALTH));
      answers(answer, 406, "Expecting 'Accept' to allow");
    },
  },
];
