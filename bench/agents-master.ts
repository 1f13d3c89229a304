import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { agentEntry } from '../test/mesos/support/documents.ts';

/** A master that knows so many agents, each of about 2.7 KB as on a real one, and answers GET_MASTER and GET_AGENTS,
 * gzipped beforehand so that its own work doesn't count. */
export async function agentsMaster(agents: number): Promise<{ url: string; stop(): void }> {
  const seed = agentEntry('{id}') as { total_resources: object[] };
  // The real one tells the resources again in the agent's info.
  const info = { resources: [...seed.total_resources, ...seed.total_resources] };
  const template = JSON.stringify({ ...seed, agent_info: { ...agentEntryInfo(seed), ...info } });
  const list = Array.from({ length: agents }, (_, at) =>
    template.replaceAll('{id}', `36693d5a-8c2e-4f0c-9b6e-1a5c2d3e4f50-S${at}`),
  );
  const listed = gzipSync(`{"type":"GET_AGENTS","get_agents":{"agents":[${list.join(',')}]}}`);
  const leads = gzipSync(
    '{"type":"GET_MASTER","get_master":{"master_info":{"id":"master-1","version":"1.12.0"}}}',
  );
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(body.includes('GET_MASTER') ? leads : listed);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function agentEntryInfo(entry: object): object {
  return 'agent_info' in entry ? (entry.agent_info as object) : {};
}
