import type { Held, Room } from '../../../domain/agent.ts';
import { kindsIn } from '../../../domain/preview/room.ts';
import type { Preview } from '../../../domain/preview.ts';
import { clause, code, plain } from '../text/escape.ts';
import { count, enumerate } from '../text/part.ts';
import { shown } from './preview-limits.ts';

/** The same, or that there is none, or that nobody knows. */
export function heldOrNot(held: Preview['held']): string {
  if (!held.known) return `not known (${clause(held.why, 200)})`;
  return held.value.length === 0 ? 'no volume, no reservation' : heldWords(held.value);
}

/** Persistent volumes and reservations, by id and size. */
export function heldWords(held: Held[]): string {
  return enumerate(held.map(oneHeld), shown.held);
}

/** How many of each: `1 persistent volume`, `2 reservations`; empty where there is none. */
export function heldTally(held: Held[]): string[] {
  const volumes = held.filter(({ kind }) => kind === 'volume').length;
  const reservations = held.length - volumes;
  return [
    volumes === 0 ? null : count(volumes, 'persistent volume'),
    reservations === 0 ? null : count(reservations, 'reservation'),
  ].filter((each) => each !== null);
}

/** One of them, by id and size. */
export function oneHeld(held: Held): string {
  switch (held.kind) {
    case 'volume':
      return `persistent volume ${code(held.id, 60)} of ${megabytes(held.sizeMb)} (role ${plain(held.role, 40)})`;
    case 'reservation':
      return `reservation of ${amountWords(held.resource, held.amount)} (role ${plain(held.role, 40)})`;
  }
}

/** So much of a resource; Mesos counts memory and disk in MB. Names that are not Mesos's own are escaped. */
export function amountWords(resource: string, amount: number): string {
  switch (resource) {
    case 'cpus':
      return count(Math.round(amount * 100) / 100, 'CPU');
    case 'mem':
      return `${megabytes(amount)} memory`;
    case 'disk':
      return `${megabytes(amount)} disk`;
    case 'gpus':
      return count(Math.round(amount * 100) / 100, 'GPU');
    default:
      return `${rounded(amount)} ${plain(resource, 40)}`;
  }
}

/** Amounts of these kinds, by default those that there are: `2 CPUs, 4 GB memory`. */
export function amountsOf(room: Room, kinds = kindsIn(room)): string {
  return kinds.length === 0 ? 'nothing' : kinds.map((kind) => amountWords(kind, room[kind])).join(', ');
}

/** What is in use of what there is. */
export function roomWords(used: Room, total: Room): string {
  const gpus = total.gpus > 0 ? `, ${rounded(used.gpus)} of ${rounded(total.gpus)} GPUs` : '';
  return `${rounded(used.cpus)} of ${rounded(total.cpus)} CPUs, ${megabytes(used.mem)} of ${megabytes(total.mem)} memory${gpus}`;
}

function megabytes(mb: number): string {
  return mb >= 1024 ? `${rounded(mb / 1024)} GB` : `${rounded(mb)} MB`;
}

/** At most two digits after the point, and none that say nothing. */
function rounded(n: number): string {
  return String(Math.round(n * 100) / 100);
}
