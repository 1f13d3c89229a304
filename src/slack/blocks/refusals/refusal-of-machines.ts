import { showPlanId } from '../../../domain/ids.ts';
import type { ObjectedMachine } from '../../../domain/maintenance/may-maintain.ts';
import type { MachinesCall } from '../../../domain/plan.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { machineName } from '../drains/ending.ts';
import { callName, typedNames } from '../maintenance/words.ts';
import { agentName } from '../text/agent-name.ts';
import { code, plain } from '../text/escape.ts';
import { list } from '../text/part.ts';
import type { RefusalWords } from './refusal.ts';

type OfMachines = Extract<Refusal, { code: 'machines-not-ready' | 'machine-unknown' | 'plan-calls' }>;

/** The refusals that have to do with machines and the maintenance schedule. */
export function refusalOfMachines(refusal: OfMachines): RefusalWords {
  switch (refusal.code) {
    case 'machine-unknown':
      return {
        what: `The machine of ${agentName(refusal.agent)} is not known`,
        why: `The agent is ${plain(refusal.agent.state, 40)}, and the bot has never seen its address. The schedule wants hostname and IP, both.`,
        toDo: 'name it by `--hostname HOSTNAME --ip IP`, exactly as the agent reports them.',
      };
    case 'plan-calls':
      return {
        what: `Plan ${showPlanId(refusal.plan)} can't be cancelled any more`,
        why: `${callName(refusal.call)} has left, or may have, and a call can't be taken back. The bot follows it to its end.`,
        toDo: `once the plan's thread tells its end, ${code(`/mesos maintenance ${undoing(refusal.call, typedNames(refusal.machines))}`, 400)}.`,
      };
    case 'machines-not-ready': {
      const [first] = refusal.machines;
      return {
        what: `\`${plain(refusal.command, 60)}\` is not possible now`,
        why: 'All machines of one command go together, or none. Against it stands:',
        among: list(
          refusal.machines.map(
            ({ machine, why, plan }) => `${code(machineName(machine), 200)}: ${whyWords(why, plan)}`,
          ),
        ),
        toDo:
          first === undefined ? '`/mesos maintenance status` shows how the machines stand.' : wayOut(first),
      };
    }
  }
}

function undoing(call: MachinesCall, names: string): string {
  switch (call) {
    case 'schedule':
      return `clear ${names}`;
    case 'clear':
      return `schedule ${names} --from … --for …`;
    case 'start':
      return `stop ${names}`;
    case 'stop':
      return `start ${names} --reason …`;
  }
}

function whyWords(why: ObjectedMachine['why'], plan: ObjectedMachine['plan']): string {
  switch (why) {
    case 'down':
      return 'it is DOWN already';
    case 'not-down':
      return 'it is not DOWN';
    case 'not-scheduled':
      return 'it is not in the maintenance schedule';
    case 'as-it-is':
      return 'it is scheduled exactly so already';
    case 'scheduled':
      return 'it is in the maintenance schedule, and the master drains no agent of a scheduled machine';
    case 'no-agent':
      return 'no agent is registered on it that could be drained';
    case 'not-drained':
      return 'its agent was drained, and is not any more: somebody had it reactivated meanwhile';
    case 'moved':
      return 'somebody else changed when it is scheduled since this was shown';
    case 'in-plan':
      return `plan ${plan === null ? 'of somebody' : showPlanId(plan)} is about it`;
  }
}

function wayOut({ machine, why, plan }: ObjectedMachine): string {
  const name = typedNames([machine]);
  const typed = (words: string) => code(`/mesos maintenance ${words}`, 300);
  switch (why) {
    case 'down':
      return `${typed(`stop ${name}`)} brings it up again.`;
    case 'not-down':
      return `${typed(`clear ${name}`)} takes it out of the schedule, where it is scheduled.`;
    case 'not-scheduled':
    case 'as-it-is':
    case 'not-drained':
    case 'moved':
      return `${typed('status')} shows what is scheduled. Ask again where it is still wanted.`;
    case 'scheduled':
      return `where its agents are drained already, ${typed(`start ${name} --reason …`)} without \`--drain-first\`; else ${typed(`clear ${name}`)} first, and then the same again.`;
    case 'no-agent':
      return `${typed(`start ${name} --reason …`)} without \`--drain-first\`: nothing runs there, as far as the master knows.`;
    case 'in-plan':
      return plan === null
        ? 'wait until it is done.'
        : `wait until it is done, or ${code(`/mesos cancel ${showPlanId(plan)}`, 100)}.`;
  }
}
