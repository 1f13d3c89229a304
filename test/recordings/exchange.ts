import { connect } from 'node:net';
import { parseAnswer, type RawAnswer } from './recording.ts';

const QUIET_MS = 2000;

const complete = (bytes: Buffer): boolean => {
  const { statusLine, headers, body } = parseAnswer(bytes);
  return statusLine !== '' && body.length >= Number(headers.get('content-length') ?? 0);
};

/** Sends bytes as they are over a socket of their own and reads one answer; an empty one when the other side closes
 * without a word. */
export function exchange(port: number, request: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(request, 'latin1')));
    let bytes = Buffer.alloc(0);
    const head = request.startsWith('HEAD ');
    const done = () => {
      socket.destroy();
      resolve(parseAnswer(bytes));
    };
    socket.setTimeout(QUIET_MS, done);
    socket.on('error', reject);
    socket.on('close', done);
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (complete(bytes) || (head && bytes.includes('\r\n\r\n'))) done();
    });
  });
}
