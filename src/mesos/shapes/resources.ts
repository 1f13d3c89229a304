import { z } from 'zod';
import type { Held, Room } from '../../domain/agent.ts';
import { repeated, text } from './fields.ts';

/** A Resource, in the forms of GET_AGENTS and of the `…_resources_full` of `/slaves`. */
export const resource = z.object({
  name: text,
  scalar: z.object({ value: z.number() }).optional(),
  ranges: z.object({ range: repeated(z.object({ begin: z.number(), end: z.number() })) }).optional(),
  set: z.object({ item: repeated(z.unknown()) }).optional(),
  role: text.optional(),
  reservations: repeated(z.object({ type: z.string().optional(), role: text.optional() })),
  disk: z.object({ persistence: z.object({ id: text }).optional() }).optional(),
});
export type Resource = z.output<typeof resource>;

/** Sums of the scalars; Mesos sends one resource per reservation and volume. */
export function roomIn(resources: Resource[]): Room {
  const sum = (name: string) =>
    resources.reduce((total, each) => total + (each.name === name ? (each.scalar?.value ?? 0) : 0), 0);
  return { cpus: sum('cpus'), mem: sum('mem'), disk: sum('disk'), gpus: sum('gpus') };
}

/** The persistent volumes and dynamic reservations among them. A volume's own reservation counts as the volume. */
export function heldIn(resources: Resource[]): Held[] {
  return resources.flatMap((each): Held[] => {
    // Refined reservations are stacked: the last one is whose it is (mesos-api 3.1).
    const role = each.reservations.at(-1)?.role ?? each.role ?? '*';
    const volume = each.disk?.persistence;
    if (volume !== undefined)
      return [{ kind: 'volume', id: volume.id, role, sizeMb: each.scalar?.value ?? 0 }];
    if (!each.reservations.some((reservation) => reservation.type === 'DYNAMIC')) return [];
    return [{ kind: 'reservation', role, resource: each.name, amount: amountOf(each) }];
  });
}

function amountOf({ scalar, ranges, set }: Resource): number {
  if (scalar !== undefined) return scalar.value;
  if (ranges !== undefined) return ranges.range.reduce((total, { begin, end }) => total + end - begin + 1, 0);
  return set?.item.length ?? 0;
}
