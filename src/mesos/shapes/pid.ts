import { isIP } from 'node:net';
import { z } from 'zod';

/** `slave(1)@10.0.0.42:5051`: where the agent says that its own API is. Only plain IPs: a name could be made to
 * lead anywhere. Whether it may be contacted is for networks.ts to say. */
export const pid = z.string().transform((raw, context) => {
  const [, ip = '', port = ''] = /@\[?([0-9A-Fa-f:.]{2,45})\]?:(\d{1,5})$/.exec(raw) ?? [];
  if (isIP(ip) !== 0 && Number(port) > 0 && Number(port) < 65_536) return { ip, port: Number(port) };
  context.issues.push({ code: 'custom', input: raw, message: 'not NAME@IP:PORT' });
  return z.NEVER;
});
