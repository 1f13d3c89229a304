import type { Credential } from '../spec.ts';
import { type Reply, textReply } from './reply.ts';
import type { Request } from './request.ts';

/** Basic authentication as libprocess does it: the scheme is case-sensitive, and a secret with a colon can never
 * match. Without credentials everybody is let in, as nobody (principal null). */
export function authenticate(
  request: Request,
  credentials: readonly Credential[],
  realm: string,
): { ok: true; principal: string | null } | { ok: false; reply: Reply } {
  if (credentials.length === 0) return { ok: true, principal: null };
  const [scheme, encoded, ...more] = (request.headers.authorization ?? '').split(' ');
  const parts =
    scheme === 'Basic' && encoded !== undefined && more.length === 0
      ? Buffer.from(encoded, 'base64').toString().split(':')
      : [];
  const known = credentials.find(({ principal, secret }) => parts[0] === principal && parts[1] === secret);
  if (parts.length === 2 && known !== undefined) return { ok: true, principal: known.principal };
  return {
    ok: false,
    reply: textReply(401, '401 Unauthorized.', { 'WWW-Authenticate': `Basic realm="${realm}"` }),
  };
}
