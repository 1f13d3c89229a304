/** Where a 307 leads, or why it is not followed. */
export type Direction = { base: URL } | { refused: string };

/** Hosts that may be asked, and so may see our credentials. */
export interface KnownHosts {
  masters: URL[];
  /** `HOST` or `HOST:PORT`. */
  allowedHosts: string[];
}

/** Judges a redirect. Mesos answers `Location: //HOST:PORT/master/api/v1` (recording ha_03_nonleader_DRAIN). Only
 * its host is believed: the path of the next request is ours again, from the root or from the configured base. */
export function whereTo(location: string | null, asked: URL, known: KnownHosts): Direction {
  const target = location === null || !URL.canParse(location, asked.href) ? null : new URL(location, asked);
  if (target === null || !/^https?:$/.test(target.protocol))
    return { refused: 'redirects without saying where to' };
  if (target.protocol === 'http:' && asked.protocol === 'https:')
    return { refused: `redirects from https down to http at ${target.host}` };
  const master = known.masters.find((url) => url.host === target.host && url.protocol === target.protocol);
  if (master !== undefined) return { base: master };
  if (!isAllowed(target, known.allowedHosts))
    return {
      refused: `redirects to ${target.host}, which is neither a configured master nor an allowed host: add ${target.host} to the allowed hosts`,
    };
  return { base: new URL(target.origin) };
}

function isAllowed(target: URL, allowedHosts: string[]): boolean {
  const port = target.port === '' ? (target.protocol === 'https:' ? '443' : '80') : target.port;
  const names = [target.hostname, `${target.hostname}:${port}`];
  return allowedHosts.some((host) => names.includes(host.toLowerCase()));
}
