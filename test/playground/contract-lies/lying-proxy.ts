import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer on its way through. */
export interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What to make of the answers to one kind of request. */
export interface Lie {
  /** A v1 call or a path, as `GET_AGENTS`, `/redirect`; of an agent's own API as `agent GET_TASKS`. */
  readonly about: string;
  /** Which of them, counted from 0 since the lies were told; absent: all. */
  readonly nth?: number;
  tell(answer: Told): Told;
}

/** Proxies in front of a master and its agents, which tell the truth until they are given lies. */
export interface LyingProxy {
  /** The master's. */
  readonly url: string;
  lie(...lies: readonly Lie[]): void;
  stop(): Promise<void>;
}

const read = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const forward = (incoming: IncomingMessage, body: Buffer, port: number): Promise<Told> =>
  new Promise((resolve, reject) => {
    const { 'accept-encoding': _unzipped, ...headers } = incoming.headers;
    const { method, url: path } = incoming;
    const options = { host: '127.0.0.1', port, method, path, headers, agent: false };
    const outgoing = request(options, (answer) => {
      const given = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
      const { 'content-length': _old, 'transfer-encoding': _how, ...kept } = Object.fromEntries(given);
      read(answer).then(
        (text) => resolve({ status: answer.statusCode ?? 0, headers: kept, text: text.toString() }),
        reject,
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

const subjectOf = (incoming: IncomingMessage, body: Buffer): string => {
  const call = /"type":"(\w+)"/.exec(body.toString())?.[1];
  return call ?? (incoming.url ?? '').replace(/\?.*/, '');
};

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );

/** Stands in front of a master and of agents: their addresses in every answer become the proxies'. */
export async function startLyingProxy(master: string, agents: readonly string[]): Promise<LyingProxy> {
  let told: readonly Lie[] = [];
  const met = new Map<string, number>();
  const ours = new Map<string, string>();
  const distort = (about: string, answer: Told): Told => {
    const nth = met.get(about) ?? 0;
    met.set(about, nth + 1);
    const lie = told.find((each) => each.about === about && (each.nth ?? nth) === nth);
    return lie === undefined ? answer : lie.tell(answer);
  };
  const renamed = (text: string): string =>
    [...ours].reduce((now, [real, proxy]) => now.replaceAll(real, proxy), text);
  const start = async (url: string, prefix: string): Promise<Server> => {
    const port = Number(new URL(url).port);
    const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
      const body = await read(incoming);
      const truth = await forward(incoming, body, port);
      const location = truth.headers['location'];
      const shown: Told = {
        ...truth,
        headers: { ...truth.headers, ...(location === undefined ? {} : { location: renamed(location) }) },
        text: renamed(truth.text),
      };
      const { status, headers, text } = distort(`${prefix}${subjectOf(incoming, body)}`, shown);
      response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text);
    };
    const server = createServer((incoming, response) => {
      answer(incoming, response).catch(() => response.destroy());
    });
    ours.set(`127.0.0.1:${port}`, `127.0.0.1:${await listen(server)}`);
    return server;
  };
  const servers = [await start(master, '')];
  for (const agent of agents) servers.push(await start(agent, 'agent '));
  return {
    url: `http://${ours.get(new URL(master).host)}`,
    lie: (...lies) => {
      told = lies;
      met.clear();
    },
    stop: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}
