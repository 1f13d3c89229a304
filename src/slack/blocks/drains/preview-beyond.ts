import type { Way } from '../../../domain/drain.ts';
import { showApprovalId, showDrainId, showPlanId } from '../../../domain/ids.ts';
import type { OpenWork } from '../../../domain/preview/open-work.ts';
import { kindsIn, type RoomElsewhere, shortOf } from '../../../domain/preview/room.ts';
import type { Spread } from '../../../domain/preview/spread.ts';
import type { Preview } from '../../../domain/preview.ts';
import { agentName, fullId } from '../text/agent-name.ts';
import { clause, code, link, plain } from '../text/escape.ts';
import { count, enumerate } from '../text/part.ts';
import { when } from '../text/time.ts';
import { amountsOf } from './held.ts';
import { shown } from './preview-limits.ts';

/** What a drain would break beyond its agent, worst first. */
export function beyondWarnings({
  beyond,
  at,
  openDrain,
}: Pick<Preview, 'beyond' | 'at' | 'openDrain'>): string[] {
  if (beyond === null) return [];
  const { spread, room, work } = beyond;
  return [
    ...spread.flatMap(thinWords),
    ...spreadNotKnown(spread),
    ...roomWarnings(room, at),
    ...workWords(work, openDrain),
  ];
}

/** What is no warning, and still nobody should have to guess. */
export function beyondNotes({ beyond, at }: Pick<Preview, 'beyond' | 'at'>): string[] {
  if (beyond === null) return [];
  const { spread, room } = beyond;
  const unique = spread.filter(({ thin }) => thin.known && thin.value.told === 'unique-names');
  return [
    unique.length === 0
      ? null
      : `${enumerate(unique.map(frameworkWord), shown.frameworks)} ${unique.length === 1 ? 'names' : 'name'} each task differently: whether others of its kind run elsewhere can't be told by names.`,
    room?.known === true && shortOf(room.value).length === 0 && room.value.misfits === null
      ? `Elsewhere there is room, by amounts: ${roomWords(room.value, at)}.`
      : null,
  ].filter((each) => each !== null);
}

/** The link to the thread of a drain that is open on this agent, as its id. */
export function openDrainLink(openDrain: NonNullable<Preview['openDrain']>, { beyond }: Preview): string {
  const same = beyond?.work.find(({ work }) => 'drain' in work && work.drain === openDrain);
  return link(same?.permalink ?? null, showDrainId(openDrain));
}

function thinWords(spread: Spread): string[] {
  const { thin } = spread;
  if (!thin.known || thin.value.told !== 'names') return [];
  const names = thin.value.names.map(thinName);
  return names.length === 0
    ? []
    : [`Of ${frameworkWord(spread)}, this ends ${enumerate(names, shown.thin)}.`];
}

/** `3 of the 4 instances of`, as one name of a framework. */
function thinName({ name, here, elsewhere }: { name: string; here: number; elsewhere: number }): string {
  const all = here + elsewhere;
  if (all === 1) return `the only running instance of ${code(name, 60)}`;
  return elsewhere === 0
    ? `all ${all} instances of ${code(name, 60)}`
    : `${here} of the ${all} instances of ${code(name, 60)}`;
}

/** Frameworks of which the same is amiss are told together. */
function spreadNotKnown(spread: Spread[]): string[] {
  const byCause = new Map<string, Spread[]>();
  for (const each of spread)
    if (!each.thin.known) byCause.set(each.thin.why, [...(byCause.get(each.thin.why) ?? []), each]);
  return [...byCause].map(
    ([why, some]) =>
      `Whether the tasks of ${enumerate(some.map(frameworkWord), shown.frameworks)} run elsewhere too is not known: ${clause(why, 200)}.`,
  );
}

function frameworkWord({ framework, name }: Pick<Spread, 'framework' | 'name'>): string {
  return name === null ? fullId(framework) : plain(name, 60);
}

function roomWarnings(room: NonNullable<Preview['beyond']>['room'], at: Preview['at']): string[] {
  if (room === null) return [];
  if (!room.known)
    return [`Whether the rest of the cluster has room is not known: ${clause(room.why, 200)}.`];
  const { misfits } = room.value;
  const short = shortOf(room.value);
  return [
    short.length === 0
      ? null
      : `The rest of the cluster has too little ${enumerate(short.map(kindWord))}: ${roomWords(room.value, at)}.`,
    misfits === null
      ? null
      : `No other agent has room for ${code(misfits.largest.name, 60)} (${amountsOf(misfits.largest.needs)})${
          misfits.count === 1 ? '' : `, nor for ${count(misfits.count - 1, 'smaller task')} of these`
        }${short.length === 0 ? ` (as of ${when(room.value.asOf, at)})` : ''}.`,
  ].filter((each) => each !== null);
}

/** Roles, attributes and ports only the master's allocator knows. */
function roomWords({ free, needed, agents, uncounted, asOf }: RoomElsewhere, at: Preview['at']): string {
  const left = uncounted === 0 ? '' : ` (of ${count(uncounted, 'more')} it is not known)`;
  return `${amountsOf(needed)} needed, ${amountsOf(free, kindsIn(needed))} free on ${count(agents, 'other active agent')}${left}, as of ${when(asOf, at)}; roles, attributes and ports not looked at`;
}

function kindWord(kind: string): string {
  switch (kind) {
    case 'cpus':
      return 'CPU';
    case 'mem':
      return 'memory';
    case 'gpus':
      return 'GPUs';
    default:
      return kind;
  }
}

function workWords(work: OpenWork[], openDrain: Preview['openDrain']): string[] {
  const others = work.filter((each) => !('drain' in each.work) || each.work.drain !== openDrain);
  const told = others.slice(0, shown.work).map(oneWork);
  const left = others.length - told.length;
  return left === 0
    ? told
    : [
        ...told,
        `Beside that, ${count(left, 'more thread')} of ours touch this agent, its rack or its frameworks.`,
      ];
}

function wayWord({ way }: { way: Way }): string {
  return way === 'deactivate' ? 'Deactivation' : 'Drain';
}

/** One of them, with the way to its thread and what it shares. */
function oneWork({ work, permalink, ...on }: OpenWork): string {
  const where = on.sameAgent ? 'this agent' : agentName(on);
  const shares = [
    on.sameAgent || on.rack === null ? null : `in the same rack (${plain(on.rack, 40)})`,
    on.frameworks.length === 0
      ? null
      : `${enumerate(
          on.frameworks.map((name) => plain(name, 60)),
          shown.thin,
        )} had tasks there too`,
  ].filter((each) => each !== null);
  const words = shares.length === 0 ? '' : `: ${shares.join('; ')}`;
  switch (work.what) {
    case 'drain':
      return `${wayWord(work)} ${link(permalink, showDrainId(work.drain))} of ${where} is open${words}.`;
    case 'drained':
      return `${wayWord(work)} ${link(permalink, showDrainId(work.drain))} keeps ${where} out of service${words}.`;
    case 'approval':
      return `Question ${link(permalink, showApprovalId(work.approval))} about ${where} waits for a second person${words}.`;
    case 'plan':
      return `Plan ${link(permalink, showPlanId(work.plan))} has ${where} on its list${words}.`;
    case 'mark-gone':
      return `${where} is being ${link(permalink, 'marked gone')}${words}.`;
    case 'reactivation':
      return `${where} is being ${link(permalink, 'reactivated')}${words}.`;
  }
}
