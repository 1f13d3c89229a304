import { BlockList, isIP } from 'node:net';
import { isLoopbackHost } from '../mesos/networks.ts';

/** Where agents usually live: RFC 1918, and IPv6's unique local addresses. */
export const privateNetworks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];
/** This machine itself. */
export const loopbackNetworks = ['127.0.0.0/8', '::1/128'];
/** Never contacted: clouds keep their metadata services there. */
const linkLocalNetworks = ['169.254.0.0/16', 'fe80::/10'];

const loopback = listOf(loopbackNetworks);
const linkLocal = listOf(linkLocalNetworks);

/** Whether an address leads to this machine by its look. Nothing is asked of DNS; `localhost` counts. */
export function isLoopbackUrl(url: URL): boolean {
  return isLoopbackHost(url.hostname);
}

/** Whether a network lies within this machine's own. */
export function isLoopbackNetwork(cidr: string): boolean {
  return contains(loopback, baseOf(cidr));
}

/** Whether a network lies within the link-local ones. */
export function isLinkLocalNetwork(cidr: string): boolean {
  return contains(linkLocal, baseOf(cidr));
}

/** A network like `10.0.0.0/8`, or one address. Throws a TypeError that says what is wrong. */
export function network(text: string): string {
  const [base = '', bits, ...more] = text.split('/');
  const family = isIP(base);
  if (family === 0 || more.length > 0) throw new TypeError('is not a network like 10.0.0.0/8');
  if (/^::ffff:/i.test(base)) throw new TypeError('is an IPv4 network in IPv6 clothes: write it as IPv4');
  const most = family === 4 ? 32 : 128;
  if (bits === undefined) return `${base}/${most}`;
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > most)
    throw new TypeError(`has no prefix length from 0 to ${most}`);
  return `${base}/${Number(bits)}`;
}

function baseOf(cidr: string): string {
  return cidr.split('/', 1)[0] ?? '';
}

function contains(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

function listOf(cidrs: string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const base = baseOf(cidr);
    list.addSubnet(base, Number(cidr.split('/')[1]), isIP(base) === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}
