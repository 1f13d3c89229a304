import { type IncomingHttpHeaders, request } from 'node:http';
import type { SlackModel } from '../model.ts';
import type { Activity } from './activity.ts';
import { ACK_LIMIT_MS, type Delivery, type Outcome } from './delivery.ts';
import { EventRetries, type Retry } from './event-retries.ts';
import { signatureHeaders } from './sign-request.ts';

type Reply =
  | { kind: 'answered'; status: number; headers: IncomingHttpHeaders; body: string }
  | { kind: 'timed out' }
  | { kind: 'unreachable' };

/** Slack's side of HTTP mode: signed POSTs to the app's request URL. */
export class HttpEvents implements Delivery {
  readonly #model: SlackModel;
  readonly #activity: Activity;
  readonly #retries: EventRetries;
  readonly #url: () => string;
  readonly #secret: string;
  readonly #underWay = new Set<() => void>();

  constructor(model: SlackModel, activity: Activity, url: () => string, secret: string) {
    this.#model = model;
    this.#activity = activity;
    this.#retries = new EventRetries(model.clock);
    this.#url = url;
    this.#secret = secret;
  }

  command(payload: Record<string, string>): Promise<Outcome> {
    return this.#once(payload);
  }

  interaction(payload: Record<string, unknown>): Promise<Outcome> {
    return this.#once({ payload: JSON.stringify(payload) });
  }

  async #once(fields: Record<string, string>): Promise<Outcome> {
    // With a charset behind it Bolt would take the body for JSON.
    const form = 'application/x-www-form-urlencoded';
    const reply = await this.#post(form, new URLSearchParams(fields).toString(), {});
    switch (reply.kind) {
      case 'timed out':
        return reply;
      case 'unreachable':
        return { kind: 'failed' };
      case 'answered':
        return reply.status === 200 ? { kind: 'acked', answer: answerIn(reply) } : { kind: 'failed' };
      default:
        return reply satisfies never;
    }
  }

  event(body: Record<string, unknown>): void {
    void this.#retries.deliver(async (retry) => {
      const reply = await this.#post('application/json', JSON.stringify(body), retryHeaders(retry));
      switch (reply.kind) {
        case 'timed out':
          return { kind: 'again', reason: 'http_timeout' };
        case 'unreachable':
          return { kind: 'again', reason: 'connection_failed' };
        case 'answered':
          if (reply.status >= 200 && reply.status < 300) return { kind: 'taken' };
          if (reply.headers['x-slack-no-retry'] === '1') return { kind: 'no more' };
          return { kind: 'again', reason: 'http_error' };
        default:
          return reply satisfies never;
      }
    });
  }

  async stop(): Promise<void> {
    this.#retries.stop();
    for (const abandon of this.#underWay) abandon();
  }

  #post(contentType: string, body: string, more: Record<string, string>): Promise<Reply> {
    return new Promise((resolve) => {
      const end = this.#activity.begin();
      const headers = {
        'content-type': contentType,
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...signatureHeaders(this.#secret, body),
        ...more,
      };
      const settle = (reply: Reply) => {
        cancel();
        this.#underWay.delete(abandon);
        resolve(reply);
        end();
      };
      const abandon = () => outgoing.destroy();
      const cancel = this.#model.clock.after(ACK_LIMIT_MS, () => {
        settle({ kind: 'timed out' });
        outgoing.destroy();
      });
      this.#underWay.add(abandon);
      const outgoing = request(this.#url(), { method: 'POST', headers, agent: false }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', () => settle({ kind: 'unreachable' }));
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          settle({
            kind: 'answered',
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: text,
          });
        });
      });
      outgoing.on('error', () => settle({ kind: 'unreachable' }));
      outgoing.end(body);
    });
  }
}

function retryHeaders(retry: Retry): Record<string, string> {
  if (retry === null) return {};
  return { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason };
}

/** An empty body says nothing, JSON is a message, anything else its text. */
function answerIn(reply: { headers: IncomingHttpHeaders; body: string }): unknown {
  if (reply.body === '') return undefined;
  if (!(reply.headers['content-type'] ?? '').startsWith('application/json')) return reply.body;
  return JSON.parse(reply.body);
}
