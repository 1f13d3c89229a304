import { type Assertion, answers, holds, same } from './assertion.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const HEALTH = '{"type":"GET_HEALTH"}';

const post = (headers: Record<string, string>, body: string | Uint8Array) => ({
  method: 'POST',
  headers,
  body,
});

const REQUESTS: readonly Assertion[] = [
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

const ANSWERS: readonly Assertion[] = [
  {
    name: 'redirects to the leader by a protocol-relative Location',
    run: async ({ given }) => {
      const { status, headers } = await given.send('/redirect');
      same(status, 307, 'status');
      holds(/^\/\/[^/]+:\d+$/.test(headers.get('location') ?? ''), `Location: ${headers.get('location')}`);
    },
  },
  {
    name: 'has a version that can drain',
    run: async ({ leader }) => {
      const { version_info } = await leader.read<{ version_info: { version: string } }>('GET_VERSION');
      const [major = 0, minor = 0] = version_info.version.split('.').map(Number);
      holds(major > 1 || minor >= 9, `version ${version_info.version}`);
    },
  },
  {
    name: 'says who leads, and that it can drain',
    run: async ({ leader }) => {
      const { master_info } = await leader.read<{
        master_info: { id: string; capabilities: { type: string }[] };
      }>('GET_MASTER');
      holds(master_info.id.length > 0, 'no master id');
      holds(
        master_info.capabilities.some(({ type }) => type === 'AGENT_DRAINING'),
        'no AGENT_DRAINING',
      );
    },
  },
  {
    name: 'lists agents with id, hostname, pid and both flags',
    run: async ({ leader }) => {
      const { agents, recovered_agents } = await leader.read<{ agents: unknown; recovered_agents: unknown }>(
        'GET_AGENTS',
      );
      holds(Array.isArray(agents) && Array.isArray(recovered_agents), 'a list is missing');
      for (const { agent_info, active, deactivated, pid } of await leader.agents()) {
        holds(agent_info.id.value !== '' && agent_info.hostname !== '', 'an agent without id or hostname');
        same([typeof active, typeof deactivated], ['boolean', 'boolean'], agent_info.hostname);
        holds(/^slave\(\d+\)@.+:\d+$/.test(pid), `pid ${pid}`);
      }
    },
  },
  {
    name: 'writes int64 as bare numbers and double with a point',
    run: async ({ leader }) => {
      const { text } = await leader.call('GET_AGENTS');
      if ((await leader.agents()).length === 0) return;
      holds(/"registered_time":\{"nanoseconds":\d{16,}\}/.test(text), 'registered_time');
      holds(/"scalar":\{"value":\d+\.\d+\}/.test(text), 'scalar');
    },
  },
  {
    name: 'lists tasks and frameworks, empty lists too',
    run: async ({ leader }) => {
      const tasks = await leader.read<Record<string, unknown>>('GET_TASKS');
      for (const key of ['tasks', 'unreachable_tasks', 'completed_tasks'])
        holds(Array.isArray(tasks[key]), key);
      const frameworks = await leader.read<Record<string, unknown>>('GET_FRAMEWORKS');
      for (const key of ['frameworks', 'completed_frameworks']) holds(Array.isArray(frameworks[key]), key);
    },
  },
  {
    name: 'has a maintenance schedule, possibly empty',
    run: async ({ leader }) => {
      const { schedule } = await leader.read<{ schedule: object }>('GET_MAINTENANCE_SCHEDULE');
      same(typeof schedule, 'object', 'schedule');
    },
  },
  {
    name: '/slaves?slave_id= finds exactly one agent, or two empty lists',
    run: async ({ leader }) => {
      const none = await leader.send('/slaves?slave_id=00000000-0000-0000-0000-000000000000-S9');
      same(JSON.parse(none.text), { slaves: [], recovered_slaves: [] }, 'an unknown id');
      const [agent] = await leader.agents();
      if (agent === undefined) return;
      const id = agent.agent_info.id.value;
      const { slaves } = JSON.parse((await leader.send(`/slaves?slave_id=${id}`)).text) as {
        slaves: { id: string }[];
      };
      same(
        slaves.map((slave) => slave.id),
        [id],
        'a known id',
      );
    },
  },
  {
    name: 'the registry holds the agents that are registered',
    run: async ({ leader }) => {
      const { text } = await leader.send('/registrar(1)/registry');
      const { slaves } = JSON.parse(text) as { slaves?: { slaves?: { info: { id: { value: string } } }[] } };
      const known = new Set((slaves?.slaves ?? []).map(({ info }) => info.id.value));
      for (const { agent_info } of await leader.agents())
        holds(known.has(agent_info.id.value), agent_info.hostname);
    },
  },
];

/** Assertions that only read. */
export const READ_ASSERTIONS: readonly Assertion[] = [...REQUESTS, ...ANSWERS];
