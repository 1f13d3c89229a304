import type { WaveObjection } from '../../../domain/rolling.ts';
import { clause, code, plain } from '../text/escape.ts';
import { count, enumerate } from '../text/part.ts';

/** What speaks against a wave, in a clause. */
export function objectionWords(objection: WaveObjection): string {
  switch (objection.code) {
    case 'no-room':
      return `the rest of the cluster has ${[
        objection.short.length === 0 ? null : `too little ${enumerate(objection.short.map(kindWord))}`,
        objection.misfits === 0
          ? null
          : `no single agent with room for ${count(objection.misfits, 'task')} of it`,
      ]
        .filter((each) => each !== null)
        .join(' and ')}`;
    case 'too-little-free':
      return `${Math.max(0, objection.freePercent)}% of the ${kindWord(objection.kind)} would stay free on the rest, and ${objection.wantedPercent}% must`;
    case 'last-instances':
      return `it would take the last instances together: ${enumerate(
        objection.names.map(({ name, framework, instances }) =>
          name === ''
            ? `all ${count(instances, 'task')} of ${plain(framework, 60)}`
            : `all ${instances} of ${code(name, 60)} (${plain(framework, 60)})`,
        ),
        3,
      )}`;
    case 'not-known':
      return objection.what === 'room'
        ? `whether the rest has room is *not known*: ${clause(objection.why, 200)}`
        : `where else its tasks run is *not known*: ${clause(objection.why, 200)}`;
  }
}

function kindWord(kind: string): string {
  switch (kind) {
    case 'cpus':
      return 'CPUs';
    case 'mem':
      return 'memory';
    case 'gpus':
      return 'GPUs';
    default:
      return plain(kind, 30);
  }
}
