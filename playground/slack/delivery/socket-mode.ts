import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { SlackModel } from '../model.ts';
import { isRecord } from '../rules/checks.ts';
import type { Activity } from './activity.ts';
import { ACK_LIMIT_MS, type Delivery, type Outcome } from './delivery.ts';
import { EventRetries } from './event-retries.ts';

type Receipt = { kind: 'acked'; answer: unknown } | { kind: 'timed out' } | { kind: 'closed' };

interface Waiting {
  connection: WebSocket;
  settle: (receipt: Receipt) => void;
}

/** A client that is gone can't answer a close; it gets half a second. */
const serverOptions = { noServer: true, closeTimeout: 500 };

/** Slack's side of Socket Mode: one-time tickets, hello, envelopes, acknowledgements, disconnect requests. */
export class SocketMode implements Delivery {
  readonly #model: SlackModel;
  readonly #activity: Activity;
  readonly #retries: EventRetries;
  readonly #server = new WebSocketServer(serverOptions);
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, Waiting>();
  #connections: WebSocket[] = [];

  constructor(model: SlackModel, activity: Activity) {
    this.#model = model;
    this.#activity = activity;
    this.#retries = new EventRetries(model.clock);
  }

  /** A ticket for one connection, as apps.connections.open gives. */
  issueTicket(): string {
    const ticket = this.#model.newId();
    this.#tickets.add(ticket);
    return ticket;
  }

  /** How many connections of the app are open. */
  get connections(): number {
    return this.#connections.length;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const address = new URL(request.url ?? '/', 'http://local.invalid');
    const ticket = address.searchParams.get('ticket') ?? '';
    if (address.pathname !== '/link/' || !this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (connection) => this.#welcome(connection));
  }

  command(payload: Record<string, string>): Promise<Outcome> {
    return this.#once('slash_commands', payload, true);
  }

  interaction(payload: Record<string, unknown>): Promise<Outcome> {
    return this.#once('interactive', payload, false);
  }

  async #once(type: string, payload: unknown, acceptsAnswer: boolean): Promise<Outcome> {
    const receipt = await this.#send(type, payload, { accepts_response_payload: acceptsAnswer });
    return receipt.kind === 'closed' ? { kind: 'failed' } : receipt;
  }

  event(body: Record<string, unknown>): void {
    void this.#retries.deliver(async (retry) => {
      const receipt = await this.#send('events_api', body, {
        accepts_response_payload: false,
        retry_attempt: retry?.attempt ?? 0,
        retry_reason: retry?.reason ?? '',
      });
      switch (receipt.kind) {
        case 'acked':
          return { kind: 'taken' };
        case 'timed out':
          return { kind: 'again', reason: 'timeout' };
        case 'closed':
          return { kind: 'again', reason: 'connection_failed' };
        default:
          return receipt satisfies never;
      }
    });
  }

  /** Asks every connection to go and reopen, as Slack does every few hours, and sends nothing more on it. */
  disconnect(): void {
    for (const connection of this.#connections) {
      connection.send(
        JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'local' } }),
      );
      this.#forget(connection);
    }
  }

  /** Cuts every connection without a word. */
  cut(): void {
    for (const connection of this.#connections) connection.terminate();
  }

  async stop(): Promise<void> {
    this.#retries.stop();
    for (const { settle } of this.#waiting.values()) settle({ kind: 'closed' });
    const closed = [...this.#server.clients].map((connection) => once(connection, 'close'));
    for (const connection of this.#server.clients) connection.close(1001);
    await Promise.all(closed);
    this.#server.close();
  }

  #welcome(connection: WebSocket): void {
    connection.on('message', (data) => this.#hear(data));
    connection.on('close', () => this.#drop(connection));
    connection.on('error', () => connection.terminate());
    const hello = {
      type: 'hello',
      num_connections: this.#connections.length + 1,
      debug_info: { host: 'local', build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: this.#model.workspace.bot.appId },
    };
    connection.send(JSON.stringify(hello));
    this.#connections.push(connection);
  }

  #hear(data: RawData): void {
    const said: unknown = JSON.parse(String(data));
    if (!isRecord(said) || typeof said['envelope_id'] !== 'string') return;
    this.#waiting.get(said['envelope_id'])?.settle({ kind: 'acked', answer: said['payload'] });
  }

  #forget(connection: WebSocket): void {
    this.#connections = this.#connections.filter((each) => each !== connection);
  }

  #drop(connection: WebSocket): void {
    this.#forget(connection);
    for (const waiting of this.#waiting.values()) {
      if (waiting.connection === connection) waiting.settle({ kind: 'closed' });
    }
  }

  #send(type: string, payload: unknown, more: Record<string, unknown>): Promise<Receipt> {
    const connection = this.#connections.shift();
    if (connection === undefined) return Promise.resolve({ kind: 'closed' });
    // Round robin: what wasn't acknowledged goes to another connection next time.
    this.#connections.push(connection);
    const id = this.#model.newId();
    return new Promise((resolve) => {
      const end = this.#activity.begin();
      const settle = (receipt: Receipt) => {
        cancel();
        this.#waiting.delete(id);
        resolve(receipt);
        end();
      };
      const cancel = this.#model.clock.after(ACK_LIMIT_MS, () => settle({ kind: 'timed out' }));
      this.#waiting.set(id, { connection, settle });
      connection.send(
        JSON.stringify({
          type,
          envelope_id: id,
          payload,
          ...more,
        }),
      );
    });
  }
}
