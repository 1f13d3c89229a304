/** An answer as it came. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** One agent as GET_AGENTS has it; only what the assertions look at. */
export interface AgentEntry {
  readonly agent_info: { readonly id: { readonly value: string }; readonly hostname: string };
  readonly active: boolean;
  readonly deactivated: boolean;
  readonly pid: string;
  readonly drain_info?: {
    readonly state: string;
    readonly config: {
      readonly max_grace_period?: { readonly nanoseconds: number };
      readonly mark_gone: boolean;
    };
  };
}

/** A master's (or agent's) operator API over nothing but fetch. */
export interface OperatorApi {
  readonly url: string;
  send(path: string, init?: RequestInit): Promise<Answer>;
  /** A v1 call; `body` is the call's sub-message. */
  call(type: string, body?: unknown): Promise<Answer>;
  /** A read; fails unless it is 200. */
  read<T>(type: string): Promise<T>;
  agents(): Promise<AgentEntry[]>;
}

const TIMEOUT_MS = 30_000;

/** Talks to one address; `basic` is USER:SECRET. */
export function operatorApi(url: string, basic?: string): OperatorApi {
  const authorization: Record<string, string> =
    basic === undefined ? {} : { Authorization: `Basic ${Buffer.from(basic).toString('base64')}` };
  const send: OperatorApi['send'] = async (path, init = {}) => {
    const response = await fetch(new URL(path, url), {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...init,
      headers: { ...authorization, ...(init.headers as Record<string, string> | undefined) },
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const call: OperatorApi['call'] = (type, body) =>
    send('/api/v1', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ type, ...(body === undefined ? {} : { [type.toLowerCase()]: body }) }),
    });
  const read = async <T>(type: string): Promise<T> => {
    const { status, text } = await call(type);
    if (status !== 200) throw new Error(`${type}: ${status} ${text.slice(0, 100)}`);
    return (JSON.parse(text) as Record<string, T>)[type.toLowerCase()] as T;
  };
  const agents = async () => (await read<{ agents: AgentEntry[] }>('GET_AGENTS')).agents;
  return { url, send, call, read, agents };
}

/** The leader's API, wherever /redirect points to. */
export async function leaderOf(url: string, basic?: string): Promise<OperatorApi> {
  const { status, headers } = await operatorApi(url, basic).send('/redirect');
  const location = headers.get('location');
  if (status !== 307 || location === null) throw new Error(`${url}/redirect answered ${status}`);
  return operatorApi(new URL(location, url).href, basic);
}
