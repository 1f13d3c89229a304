import { BlockList, isIP } from 'node:net';

/** Says why an address may not be contacted, or null where it may. */
export type AgentGate = (ip: string) => string | null;

/** The gate for addresses that agents advertise (product.md 7): inside `cidrs`; loopback only where every
 * master is a loopback address; link-local, unspecified and multicast never. Throws a TypeError on a bad CIDR. */
export function agentGate(cidrs: string[], masters: URL[]): AgentGate {
  const allowed = new BlockList();
  for (const cidr of cidrs) add(allowed, cidr);
  const onlyLoopbackMasters = masters.every((master) => isLoopbackHost(master.hostname));
  return (ip) => {
    const family = familyOf(ip);
    if (family === null) return `${JSON.stringify(ip.slice(0, 64))} is not a plain IP address`;
    if (never.check(ip, family)) return `agents at ${ip} are never contacted`;
    if (loopback.check(ip, family))
      return onlyLoopbackMasters ? null : `${ip} is a loopback address, but not every master is`;
    return allowed.check(ip, family) ? null : `${ip} is outside the agent networks that are configured`;
  };
}

/** Whether a URL's hostname is this machine itself. */
export function isLoopbackHost(hostname: string): boolean {
  if (hostname === 'localhost') return true;
  const ip = hostname.replace(/^\[|\]$/g, '');
  const family = familyOf(ip);
  return family !== null && loopback.check(ip, family);
}

type Family = 'ipv4' | 'ipv6';

function familyOf(ip: string): Family | null {
  // An IPv4 address in IPv6 clothes could slip past rules written for the one or the other; zones never leave.
  if (/^::ffff:/i.test(ip) || ip.includes('%')) return null;
  const version = isIP(ip);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : null;
}

function add(list: BlockList, cidr: string): void {
  const [ip = '', bits = '', ...rest] = cidr.split('/');
  const family = familyOf(ip);
  const prefix = Number(bits);
  if (
    family === null ||
    rest.length > 0 ||
    !/^\d{1,3}$/.test(bits) ||
    prefix > (family === 'ipv4' ? 32 : 128)
  )
    throw new TypeError(`not a CIDR: ${JSON.stringify(cidr)}`);
  list.addSubnet(ip, prefix, family);
}

function listOf(...cidrs: string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) add(list, cidr);
  return list;
}

const never = listOf('169.254.0.0/16', 'fe80::/10', '0.0.0.0/8', '::/128', '224.0.0.0/3', 'ff00::/8');
const loopback = listOf('127.0.0.0/8', '::1/128');
