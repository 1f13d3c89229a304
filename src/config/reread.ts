import type { Reread } from '../app/policies/keep-policies.ts';
import type { Config } from './shape.ts';

/** What a running bot takes of a configuration that was read again: the policies. `running`: what it started with. */
export function rereadOf(
  running: Config,
  read: { ok: true; config: Config } | { ok: false; problems: string[] },
): Reread {
  if (!read.ok) return read;
  const [before, after] = [parts(running), parts(read.config)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const restart = names.filter((name) => before[name] !== after[name]);
  return { ok: true, clusters: read.config.clusters, restart };
}

/** Everything but the policies, each part by its name, as a text that differs where it does. Never shown: it has secrets. */
function parts({ clusters, ...rest }: Config): Record<string, string> {
  return Object.fromEntries([
    ...Object.entries(rest).map(([name, value]) => [name, textOf(value)]),
    ...clusters.map(({ policy: _, ...cluster }) => [`cluster ${cluster.name}`, textOf(cluster)]),
  ]);
}

function textOf(value: unknown): string {
  return (
    JSON.stringify(value, (_key, each: unknown) =>
      each !== null && typeof each === 'object' && 'export' in each && typeof each.export === 'function'
        ? String(each.export({ type: 'pkcs8', format: 'pem' }))
        : each,
    ) ?? ''
  );
}
