import pRetry from 'p-retry';
import { Agent } from 'undici';
import type { AskGate } from '../app/ports.ts';
import type { GateAnswer } from '../domain/rolling/gate.ts';

/** The most of an answer that is read, in bytes: `{"ok": true}` has 12. */
const mostBytes = 16 * 1024;

/** Asks over HTTP: one GET, with no credentials, on a connection of its own. No redirect is followed. What broke on the way
 * is tried again a little; whatever was answered is the answer. `deadlineMs`: of all tries together. */
export function gateAsker({ deadlineMs }: { deadlineMs: number }): AskGate {
  return async (url) => {
    const deadline = AbortSignal.timeout(deadlineMs);
    try {
      return await pRetry(() => ask(new URL(url), deadline), {
        retries: 2,
        minTimeout: 100,
        factor: 3,
        signal: deadline,
      });
    } catch (fault) {
      if (deadline.aborted)
        return { kind: 'no-answer', why: `does not answer within ${deadlineMs / 1000} s` };
      if (!(fault instanceof GateFault)) throw fault;
      return { kind: 'no-answer', why: `can't be asked (${fault.message})` };
    }
  };
}

async function ask(url: URL, signal: AbortSignal): Promise<GateAnswer> {
  // Waves are minutes apart; a connection that was kept so long may be dead.
  const dispatcher = new Agent({ pipelining: 0 });
  try {
    const { statusCode: status, body } = await dispatcher.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      headers: { accept: 'application/json', 'user-agent': 'mesos-chatops' },
      signal,
      // The signal is the one deadline.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body) {
      const bytes = chunk as Buffer;
      chunks.push(bytes);
      size += bytes.length;
      if (size > mostBytes) break;
    }
    const read = Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8');
    return { kind: 'answered', status, body: read, whole: size <= mostBytes };
  } catch (error) {
    throw new GateFault(whyOf(error));
  } finally {
    await dispatcher.destroy();
  }
}

/** Something broke on the way to the gate or back. */
class GateFault extends Error {
  override readonly name = 'GateFault';
}

/** Not `instanceof`: an error of the socket layer may come from another realm (under Jest it does). */
function whyOf(error: unknown): string {
  const { code, message, errors } = error as { code?: unknown; message?: unknown; errors?: unknown };
  // Several addresses of one name that all fail come as one error without words.
  const [first] = Array.isArray(errors) ? errors : [];
  if (first !== undefined) return whyOf(first);
  const words = typeof message === 'string' && message !== '' ? message : 'unreadable answer';
  return typeof code === 'string' && !words.includes(code) ? `${code}: ${words}` : words;
}
