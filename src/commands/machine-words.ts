import type { MachinesMeant, MaintenanceCommand } from '../domain/command.ts';
import type { Problem } from '../domain/refusal.ts';
import type { Targets } from '../domain/targets.ts';
import type { Said } from './build.ts';
import type { Entry } from './entry.ts';
import { type Gathered, problem } from './gather.ts';
import { knowingOf, must, pick } from './pick.ts';

/** What is wrong with how a machine is named: by an agent, or by both its parts, and one of the two ways. */
export function machineObjections(
  { verb, flags: known }: Entry,
  { argument: words, flags }: Gathered,
): Problem[] {
  if (!known.some(({ name }) => name === 'hostname') || !verb.startsWith('maintenance ')) return [];
  const selected = flags.get('host')?.place ?? null;
  const named = words[0] ?? selected;
  const [hostname, ip] = [flags.get('hostname'), flags.get('ip')];
  if (hostname !== undefined && ip === undefined)
    return [
      problem(hostname.place, '--hostname needs --ip beside it: half of a machine’s name matches no agent', [
        '--ip IP',
      ]),
    ];
  if (hostname !== undefined && named !== null)
    return [problem(named, 'a TARGET and --hostname name the machine twice: leave one out')];
  if (hostname === undefined && ip === undefined && named === null)
    return [
      problem({ at: 0, length: 0 }, `${verb} needs a TARGET, or --hostname with --ip`, [
        'TARGET',
        '--hostname HOSTNAME --ip IP',
      ]),
    ];
  return [];
}

/** A `maintenance …` out of its words. */
export function maintenanceCommand(
  verb: MaintenanceCommand['verb'],
  said: Said,
  targets: () => Targets,
): MaintenanceCommand {
  const { flags } = said;
  const machines = machinesMeant(said, targets);
  const reason = pick(flags.get('reason'), 'text')?.text ?? null;
  const lasts = pick(flags.get('for'), 'duration')?.seconds ?? null;
  const overrideFreeze = flags.has('override-freeze');
  switch (verb) {
    case 'maintenance schedule':
      return {
        verb,
        machines,
        from: must(pick(flags.get('start'), 'hour')).hour,
        lasts: must(lasts),
        reason,
        overrideFreeze,
      };
    case 'maintenance clear':
    case 'maintenance stop':
      return { verb, machines, reason, overrideFreeze };
    case 'maintenance start': {
      const maxGrace = pick(flags.get('max-grace-period'), 'duration')?.seconds ?? null;
      const drainFirst = flags.has('drain-first') ? { maxGrace } : null;
      return { verb, machines, drainFirst, lasts, reason: must(reason), overrideFreeze, ...knowingOf(flags) };
    }
  }
}

function machinesMeant({ flags }: Said, targets: () => Targets): MachinesMeant {
  const hostname = pick(flags.get('hostname'), 'hostname');
  if (hostname === null) return { targets: targets() };
  return { machine: { hostname: hostname.hostname, ip: must(pick(flags.get('ip'), 'ip')).ip } };
}
