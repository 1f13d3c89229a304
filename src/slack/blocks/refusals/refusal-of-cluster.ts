import type { Refusal } from '../../../domain/refusal.ts';
import { code, plain } from '../text/escape.ts';
import { enumerate } from '../text/part.ts';
import type { RefusalWords } from './refusal.ts';

/** Why it is not clear, or not allowed, which cluster is meant. */
export function refusalOfCluster(
  refusal: Extract<
    Refusal,
    {
      code:
        | 'which-cluster'
        | 'no-such-cluster'
        | 'other-clusters-work'
        | 'cluster-not-configured'
        | 'name-not-typed';
    }
  >,
): RefusalWords {
  switch (refusal.code) {
    case 'which-cluster':
      return {
        what: 'It is not clear which cluster you mean',
        why: `There are several: ${names(refusal.clusters)}. This channel has none of its own.`,
        toDo: `Type it again with ${code('--cluster NAME')}.`,
      };
    case 'no-such-cluster':
      return {
        what: `There is no cluster ${plain(refusal.typed, 64)}`,
        why: `The bot knows ${names(refusal.clusters)}.`,
        toDo:
          refusal.near === null
            ? 'Type it again with one of those.'
            : `Did you mean ${code(`--cluster ${refusal.near}`, 100)}?`,
      };
    case 'other-clusters-work':
      return {
        what: `${plain(refusal.work, 40)} is on ${plain(refusal.cluster, 64)}, not on ${plain(refusal.named, 64)}`,
        why: 'You named a cluster that this work is not on: one of the two is not what you meant.',
        toDo: `Leave ${code('--cluster')} out, or name what is meant on ${plain(refusal.named, 64)}.`,
      };
    case 'cluster-not-configured':
      return {
        what: `${plain(refusal.work, 40)} is on ${plain(refusal.cluster, 64)}, which the bot no longer looks after`,
        why: `That cluster is not in its configuration any more; there are ${names(refusal.clusters)}.`,
        toDo: `Ask who runs the bot to put it back. What was done is in ${code(`/mesos audit ${refusal.work}`, 60)}.`,
      };
    case 'name-not-typed':
      return {
        what: `The name of ${plain(refusal.cluster, 64)} has to be typed`,
        why: 'A command that changes this cluster counts only where its name stands in it.',
        toDo: `If you mean that cluster, type it again with ${code(`--cluster ${refusal.cluster}`, 100)}.`,
      };
  }
}

function names(clusters: readonly string[]): string {
  return enumerate(
    clusters.map((name) => plain(name, 64)),
    12,
  );
}
