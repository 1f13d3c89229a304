import type { CoveredAgent } from '../../../domain/approval/covers.ts';
import type { FrameworkLoss } from '../../../domain/approval/loss.ts';
import type { PlanPrompt } from '../../../domain/approval/prompt.ts';
import { iso, showPlanId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import { inert, raw } from '../text/clean.ts';
import { thatFit } from '../text/limits.ts';
import { count } from '../text/part.ts';
import { coverLines, planPromptParts } from './plan-prompt.ts';

/** Longer lists may not fit once more is said above them. */
const surelyFit = 8;

/** The whole list of a question about a plan, as a plain text file; null: its message has all of it. */
export function fullListText(prompt: PlanPrompt): Extract<Notice, { kind: 'snippet' }> | null {
  const lines = coverLines(prompt.covers);
  const beside = planPromptParts(prompt).filter(({ as }) => as !== 'list');
  if (lines.length <= surelyFit && thatFit(lines, beside) === lines.length) return null;
  const { covers, plan, cluster, askedAt } = prompt;
  const title = `Plan ${showPlanId(plan)} on ${cluster}: ${count(lines.length, covers.of === 'agents' ? 'agent' : 'machine')}`;
  const text =
    covers.of === 'agents'
      ? covers.lines.flatMap((agent) => agentLines(agent, ''))
      : covers.lines.flatMap(({ machine, agents }) => [
          `${clean(machine.hostname)} (${clean(machine.ip)})${agents.length === 0 ? ': no agent' : ''}`,
          ...agents.flatMap((agent) => agentLines(agent, '  ')),
        ]);
  return {
    kind: 'snippet',
    fileName: `plan-${showPlanId(plan)}.txt`,
    title,
    text: `${[title, `As read at ${iso(askedAt)}.`, '', ...text].join('\n')}\n`,
  };
}

function agentLines({ agentId, hostname, address, loss, cost }: CoveredAgent, indent: string): string[] {
  const where = address === null ? 'address not known' : `${clean(address.ip)}:${address.port}`;
  const { held, tasks } = loss;
  return [
    `${indent}${clean(hostname)}, agent ${clean(agentId)}, ${where}${loss.alive ? '' : ', away'}`,
    `${indent}  cost: ${[
      counted(cost.tasks, 'task'),
      counted(cost.frameworks, 'framework'),
      `${counted(cost.soleInstances, 'task')} with no other instance`,
      counted(cost.volumes, 'volume'),
      counted(cost.reservations, 'reservation'),
    ].join(', ')}${cost.drainShown ? ', its drain state is erased' : ''}`,
    ...(held.known ? [] : [`${indent}  lost: not known (${clean(held.why)})`]),
    ...(tasks === null
      ? []
      : tasks.known
        ? tasks.value.map((each) => `${indent}  lost: ${ofFramework(each)}`)
        : [`${indent}  lost: its tasks, which are not known (${clean(tasks.why)})`]),
  ];
}

function ofFramework({ framework, name, tasks }: FrameworkLoss): string {
  return `${count(tasks, 'task')} of ${name === null ? '' : `${clean(name)} `}${clean(framework)}`;
}

function counted(n: number | null, one: string): string {
  return n === null ? `${one}s not known` : count(n, one);
}

/** Foreign text in a file: one line of it, in which nothing can be hidden. */
function clean(text: string, max = 256): string {
  return inert(raw(text, max));
}
