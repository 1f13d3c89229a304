import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type HttpRequest, keptWire, singleUseWire, type Wire } from '../../src/mesos/wire.ts';
import { connected, drain } from './support/connected.ts';
import { pem } from './support/pem.ts';
import { deadAddress, type Reply, scriptedServer } from './support/scripted-server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const noTls = { ca: null, clientCert: null, clientKey: null };
const withCa = { ...noTls, ca: pem.authority };
const withClientCert = { ca: pem.authority, clientCert: pem.clientCert, clientKey: pem.clientKey };

const kinds: [string, typeof keptWire][] = [
  ['the wire of reads', keptWire],
  ['the wire of calls', singleUseWire],
];

function opened(wire: Wire): Wire {
  open.push(wire);
  return wire;
}

async function answering(reply: Reply): Promise<URL> {
  const server = await scriptedServer(() => reply);
  open.push(server);
  return server.url;
}

function get(url: URL, changes: Partial<HttpRequest> = {}): HttpRequest {
  const signal = AbortSignal.timeout(2000);
  return { url, method: 'GET', headers: {}, body: null, signal, maxBytes: 1000, ...changes };
}

describe.each(kinds)('%s', (_, wireOf) => {
  it('unpacks gzip', async () => {
    const url = await answering({ status: 200, body: 'x'.repeat(1000), gzip: true });
    const result = await opened(wireOf(noTls, 1000)).send(get(url));
    expect(result).toMatchObject({ kind: 'answered', status: 200, body: 'x'.repeat(1000) });
  });

  it.each([[true], [false]])('stops at an answer that is too long (gzip: %s)', async (gzip) => {
    const url = await answering({ status: 200, body: 'x'.repeat(100_000), gzip });
    expect(await opened(wireOf(noTls, 1000)).send(get(url))).toMatchObject({
      kind: 'broken',
      status: 200,
      why: 'the answer is longer than 1000 bytes',
    });
  });

  it.each([[true], [false]])('hands a success over piece by piece (gzip: %s)', async (gzip) => {
    const body = Array.from({ length: 400_000 }, (_, n) => `${n * 7919},`).join('');
    const url = await answering({ status: 200, body, gzip });
    const pieces: Uint8Array[] = [];
    let busy = 0;
    const into = async (bytes: Uint8Array) => {
      busy += 1;
      expect(busy).toBe(1);
      pieces.push(Uint8Array.from(bytes));
      await new Promise(setImmediate);
      busy -= 1;
    };
    const result = await opened(wireOf(noTls, 1000)).send(get(url, { into, maxBytes: body.length }));
    expect(result).toMatchObject({ kind: 'answered', status: 200, body: '' });
    expect(Buffer.concat(pieces).toString()).toBe(body);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(256 * 1024);
  });

  it('keeps the words of a failure together', async () => {
    const url = await answering({ status: 503, body: 'No leader elected' });
    const into = () => Promise.reject(new Error('handed over'));
    const result = await opened(wireOf(noTls, 1000)).send(get(url, { into }));
    expect(result).toMatchObject({ kind: 'answered', status: 503, body: 'No leader elected' });
  });

  it.each<[string, Reply]>([
    ['is too long', { status: 200, body: 'x'.repeat(100_000), gzip: true }],
    ['ends early', { status: 200, body: 'x'.repeat(900), cutAfter: 100 }],
  ])('says broken of a success handed over that %s', async (_, reply) => {
    const url = await answering(reply);
    let taken = 0;
    const into = async (bytes: Uint8Array) => {
      taken += bytes.length;
    };
    const result = await opened(wireOf(noTls, 1000)).send(get(url, { into }));
    expect(result).toMatchObject({ kind: 'broken', status: 200 });
    expect(taken).toBeLessThanOrEqual(1000);
  });

  it('says broken of gzip that is none', async () => {
    const url = await answering({ status: 200, body: 'plain', headers: { 'content-encoding': 'gzip' } });
    expect(await opened(wireOf(noTls, 1000)).send(get(url))).toMatchObject({ kind: 'broken', status: 200 });
  });

  it('says broken of an answer that ends early', async () => {
    const url = await answering({ status: 200, body: 'x'.repeat(900), gzip: true, cutAfter: 10 });
    expect(await opened(wireOf(noTls, 1000)).send(get(url))).toMatchObject({ kind: 'broken', status: 200 });
  });

  it('sends nothing with a client certificate that is unreadable, and does not throw', async () => {
    const { url, clients } = await tlsServer();
    const wire = opened(wireOf({ ...withCa, clientCert: 'not PEM', clientKey: 'not PEM' }, 1000));
    expect((await wire.send(get(url))).kind).not.toBe('answered');
    expect(clients).toEqual([]);
  });

  it('says broken when the answer stalls until the deadline', async () => {
    const url = await answering('hang');
    const signal = AbortSignal.timeout(100);
    const result = await opened(wireOf(noTls, 1000)).send(get(url, { signal }));
    expect(result).toMatchObject({ kind: 'broken', status: null, timedOut: true });
  });

  it('says not-connected where nobody listens', async () => {
    const result = await opened(wireOf(noTls, 1000)).send(get(await deadAddress()));
    expect(result).toEqual({ kind: 'not-connected', why: 'connection refused' });
  });

  it('hands a redirect over instead of following it', async () => {
    const url = await answering({ status: 307, headers: { location: '//127.0.0.1:1/x' } });
    expect(await opened(wireOf(noTls, 1000)).send(get(url))).toMatchObject({
      kind: 'answered',
      status: 307,
      location: '//127.0.0.1:1/x',
    });
  });

  it('trusts the configured authority, and shows the client certificate', async () => {
    const { url, clients } = await tlsServer();
    expect(await opened(wireOf(withClientCert, 1000)).send(get(url))).toMatchObject({ status: 200 });
    expect(clients).toEqual(['client']);
  });

  it('sends nothing to a server it does not trust', async () => {
    const { url, clients } = await tlsServer();
    expect((await opened(wireOf(noTls, 1000)).send(get(url))).kind).not.toBe('answered');
    expect(clients).toEqual([]);
  });
});

describe('a call over TLS', () => {
  it('to a server that is not trusted is rejected: no connection came about', async () => {
    const { url, clients } = await tlsServer();
    const mesos = connected([url]);
    open.push(mesos);
    expect(await mesos.calls.submit(drain)).toMatchObject({
      kind: 'rejected',
      httpStatus: null,
      body: expect.stringContaining('certificate'),
    });
    expect(clients).toEqual([]);
  });

  it("keeps the master's client certificate from agents", async () => {
    const { url, clients } = await tlsServer();
    const mesos = connected([url], {
      tls: withClientCert,
      agents: { auth: { kind: 'none' }, tls: withCa, https: true, networks: [] },
    });
    open.push(mesos);
    await mesos.master.askAgent(drain.agentId, { ip: '127.0.0.1', port: Number(url.port) });
    expect(new Set(clients)).toEqual(new Set(['nobody']));
  });
});

/** An https server on loopback that answers 200, and notes whose certificate each request came with. */
async function tlsServer(): Promise<{ url: URL; clients: string[] }> {
  const clients: string[] = [];
  const options = { cert: pem.serverCert, key: pem.serverKey, ca: pem.authority };
  const server: Server = createServer(
    { ...options, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      const subject = (request.socket as TLSSocket).getPeerCertificate().subject;
      clients.push(String(subject?.CN ?? 'nobody'));
      response.end();
    },
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  open.push({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
  return { url: new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`), clients };
}
