import type { Collision } from '../../../domain/collisions.ts';
import { showApprovalId, showDrainId, showPlanId } from '../../../domain/ids.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { link, mention, plain } from '../text/escape.ts';
import { enumerate } from '../text/part.ts';
import { dayAndTime } from '../text/time.ts';
import type { RefusalWords } from './refusal.ts';

/** How many of each are named before the rest is counted. */
const shown = { works: 6, hostnames: 4, names: 4 };

/** That somebody else's open work is in the way, whose, and how to go on. */
export function refusalOfCollisions({
  with: collisions,
  canInsist,
}: Extract<Refusal, { code: 'collides' }>): RefusalWords {
  const [only, ...more] = collisions;
  const what =
    only !== undefined && more.length === 0
      ? `${mention(only.by)} has work open that this would run into`
      : 'Others have work open that this would run into';
  return {
    what,
    why: enumerateAsSentences(collisions),
    toDo: canInsist
      ? 'Ask them first. If both may go on side by side, type it again with `--anyway`: that is filed.'
      : 'The policy of this cluster lets nobody begin beside that. Ask them, or type it again once it has ended.',
  };
}

function enumerateAsSentences(collisions: readonly Collision[]): string {
  const left = collisions.length - shown.works;
  return [
    ...collisions.slice(0, shown.works).map((each) => `${collisionWords(each)}.`),
    ...(left > 0 ? [`And ${left} more.`] : []),
  ].join(' ');
}

/** Whose work it is, since when, and what both touch; a phrase without its stop. */
export function collisionWords(collision: Collision): string {
  const { by, since, hostnames, same, racks, frameworks, notKnown } = collision;
  const names = (all: readonly string[]) =>
    enumerate(
      all.map((name) => plain(name, 80)),
      shown.names,
    );
  const shared = [
    same.length === 0 ? null : 'the same agent',
    racks.length === 0 ? null : `rack ${names(racks)}`,
    frameworks.length === 0 ? null : `tasks of ${names(frameworks)}`,
    notKnown ? 'which frameworks both touch is *not known*' : null,
  ].filter((each) => each !== null);
  const where = enumerate(
    hostnames.map((name) => plain(name, 80)),
    shown.hostnames,
  );
  return `${workWords(collision)} of ${mention(by)} on ${where}, since ${dayAndTime(since)}: ${enumerate(shared, 4)}`;
}

function workWords({ work, permalink }: Collision): string {
  switch (work.what) {
    case 'drain':
      return `${work.way === 'drain' ? 'Drain' : 'Deactivation'} ${link(permalink, showDrainId(work.drain))}`;
    case 'drained':
      return `Out of service by ${link(permalink, showDrainId(work.drain))}`;
    case 'approval':
      return `Question ${link(permalink, showApprovalId(work.approval))}`;
    case 'plan':
      return `Plan ${link(permalink, showPlanId(work.plan))}`;
    case 'mark-gone':
      return link(permalink, 'Marking gone');
    case 'reactivation':
      return link(permalink, 'A reactivation');
  }
}
