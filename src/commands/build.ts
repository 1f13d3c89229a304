import type { AuditCommand, Command, Verb, Work } from '../domain/command.ts';
import type { Selection, Target, Targets } from '../domain/targets.ts';
import type { HourMeant } from '../domain/time/hour.ts';
import { maintenanceCommand } from './machine-words.ts';
import { knowingOf, must, pick, pickAll } from './pick.ts';
import type { Value } from './values.ts';
import { wavesIn } from './wave-words.ts';

/** What stood behind a command, read as values: what is not there has none. */
export interface Said {
  argument: Value[];
  flags: Map<string, Value[]>;
}

/** The command that was meant by words that are fine, each and together. */
export function build(verb: Verb, said: Said): Command {
  const { argument, flags } = said;
  const target = (): Target => ({ typed: must(pick(argument, 'agent')).typed });
  const maxGrace = () => pick(flags.get('max-grace-period'), 'duration')?.seconds ?? null;
  const reason = () => pick(flags.get('reason'), 'text')?.text ?? null;
  const overrideFreeze = flags.has('override-freeze');
  const outFor = () => {
    const given = pick(flags.get('for'), 'duration');
    return given === null ? {} : { outFor: given.seconds };
  };
  const later = laterIn(said);
  switch (verb) {
    case 'help':
      return { verb, topic: pick(argument, 'verb')?.verb ?? pick(argument, 'group')?.group ?? null };
    case 'agents':
      return {
        verb,
        state: pick(flags.get('state'), 'state')?.state ?? null,
        selection: selectionIn(said),
        after: pick(flags.get('after'), 'agent')?.typed ?? null,
      };
    case 'status': {
      const work = workIn(argument);
      if (work !== null) return { verb, about: work };
      return { verb, about: argument.length === 0 ? null : { target: target() } };
    }
    case 'preview':
      return { verb, targets: targetsIn(said), maxGrace: maxGrace(), markGone: flags.has('mark-gone') };
    case 'drain':
      return {
        verb,
        targets: targetsIn(said),
        maxGrace: maxGrace(),
        markGone: flags.has('mark-gone'),
        unattended: flags.has('unattended'),
        reason: reason(),
        dryRun: flags.has('dry-run'),
        overrideFreeze,
        ...outFor(),
        ...later,
        ...wavesIn(said),
        ...knowingOf(flags),
      };
    case 'deactivate':
      return {
        verb,
        targets: targetsIn(said),
        reason: reason(),
        overrideFreeze,
        ...outFor(),
        ...later,
        ...knowingOf(flags),
      };
    case 'reactivate':
      return { verb, targets: targetsIn(said), reason: reason(), overrideFreeze, ...later };
    case 'mark-gone':
      return {
        verb,
        target: target(),
        now: flags.has('now'),
        reason: must(reason()),
        overrideFreeze,
        ...later,
        ...knowingOf(flags),
      };
    case 'cancel':
      return { verb, work: must(workIn(argument)) };
    case 'confirm':
    case 'pause':
    case 'resume':
      return { verb, plan: must(pick(argument, 'plan')).plan };
    case 'hasten':
      return {
        verb,
        drain: must(pick(argument, 'drain')).drain,
        maxGrace: must(maxGrace()),
        insteadOf: pick(flags.get('instead-of'), 'duration')?.seconds ?? null,
      };
    case 'close':
      return { verb, drain: must(pick(argument, 'drain')).drain, reason: must(reason()) };
    case 'audit':
      return {
        verb,
        about: auditTopic(argument),
        agent: pick(flags.get('agent'), 'agent')?.typed ?? null,
        by: pick(flags.get('by'), 'person')?.user ?? null,
        command: pick(flags.get('command'), 'verb')?.verb ?? null,
        since: pick(flags.get('since'), 'when')?.when ?? null,
        until: pick(flags.get('until'), 'when')?.when ?? null,
        before: pick(flags.get('before'), 'entry')?.seq ?? null,
        after: pick(flags.get('after'), 'entry')?.seq ?? null,
        exportAs: pick(flags.get('export'), 'export-format')?.format ?? null,
      };
    case 'maintenance status':
      return { verb, target: argument.length === 0 ? null : target() };
    case 'maintenance schedule':
    case 'maintenance clear':
    case 'maintenance start':
    case 'maintenance stop':
      return maintenanceCommand(verb, said, () => targetsIn(said));
    case 'whoami':
      return { verb };
  }
}

/** The hour for which it is scheduled. */
function laterIn({ flags }: Said): { hour?: HourMeant } {
  const ahead = pick(flags.get('in'), 'duration');
  const hour = ahead === null ? pick(flags.get('at'), 'hour')?.hour : { in: ahead.seconds };
  return hour === undefined ? {} : { hour };
}

/** By name, each once; or by what they have in common. Never both: disagreements.ts refuses that. */
function targetsIn(said: Said): Targets {
  const names = pickAll(said.argument, 'agents').flatMap((each) => each.names);
  return names.length === 0
    ? selectionIn(said)
    : { names: [...new Set(names)].map((typed): Target => ({ typed })) };
}

function selectionIn({ argument, flags }: Said): Selection {
  const selectors = pickAll([...argument, ...(flags.get('attribute') ?? [])], 'selector');
  return {
    where: selectors.map(({ selector }) => selector),
    hosts: pickAll(flags.get('host'), 'globs').flatMap(({ globs }) => globs),
  };
}

function auditTopic(argument: Value[]): AuditCommand['about'] {
  if (pick(argument, 'anchor') !== null) return { anchor: 'now' };
  const agent = pick(argument, 'agent');
  return agent === null ? workIn(argument) : { who: { typed: agent.typed } };
}

/** Work of ours, named by its short id. */
function workIn(argument: Value[]): Work | null {
  const drain = pick(argument, 'drain');
  if (drain !== null) return { drain: drain.drain };
  const approval = pick(argument, 'approval');
  if (approval !== null) return { approval: approval.approval };
  const plan = pick(argument, 'plan');
  return plan && { plan: plan.plan };
}
