import { showApprovalId, showPlanId } from '../../../domain/ids.ts';
import type { OtherLine, PlanLine, PromptLine } from '../../../domain/notice.ts';
import { askedRaw } from '../approvals/act-words.ts';
import { people } from '../approvals/approved.ts';
import { missingWords } from '../approvals/needs.ts';
import { settledBy } from '../approvals/settlement.ts';
import { workRaw } from '../plans/work-words.ts';
import { haltInShort } from '../rolling/halt-words.ts';
import { agentName } from '../text/agent-name.ts';
import { link, mention, plain } from '../text/escape.ts';
import { count, list, note, type Part, text } from '../text/part.ts';
import { hourWords, second, when } from '../text/time.ts';

/** The questions that wait for votes, one line each. */
export function promptLines(lines: PromptLine[]): Part[] {
  const first = lines[0];
  if (first === undefined) return [];
  return [
    text(`*${count(lines.length, 'question waits', 'questions wait')} for a second person:*`),
    list(lines.map(promptLine), (left) => `…and ${count(left, 'more question')}.`),
    note(`One in full: \`/mesos status ${showApprovalId(first.prompt.approval)}\``),
  ];
}

/** The plans that run, and those that wait for their hour, one line each; the work on each of their agents has its own. */
export function planLines(lines: PlanLine[]): Part[] {
  const first = lines[0];
  if (first === undefined) return [];
  const running = lines.filter(({ hour }) => hour === undefined);
  const toCome = lines
    .filter(({ hour }) => hour !== undefined)
    .sort((a, b) => (a.hour?.at ?? 0) - (b.hour?.at ?? 0));
  return [
    ...someLines(`*${count(running.length, 'plan is', 'plans are')} under way:*`, running),
    ...someLines(`*${count(toCome.length, 'plan is', 'plans are')} scheduled:*`, toCome),
    note(`One in full: \`/mesos status ${showPlanId(first.plan)}\``),
  ];
}

function someLines(title: string, lines: PlanLine[]): Part[] {
  if (lines.length === 0) return [];
  return [text(title), list(lines.map(planLine), (left) => `…and ${count(left, 'more plan')}.`)];
}

function planLine({ plan, done, requester, permalink, hour, wave, ...asked }: PlanLine): string {
  const far =
    hour !== undefined
      ? `; begins ${hourWords(hour)}`
      : done === null
        ? ''
        : `; ${done.lines} of ${done.of} at their end`;
  return `${link(permalink, showPlanId(plan))} ${plain(workRaw(asked), 200)}${far}${waveWords(wave)}; asked by ${mention(requester)}`;
}

function waveWords(wave: PlanLine['wave']): string {
  if (wave === undefined) return '';
  const halt = wave.halt === null ? '' : `, *halted:* ${haltInShort(wave.halt)}`;
  return `; wave ${wave.at} of ${wave.of}${halt}`;
}

/** Reactivations and mark gones under way, one line each. */
export function otherLines(lines: OtherLine[]): Part[] {
  if (lines.length === 0) return [];
  return [text('*Also under way:*'), list(lines.map(otherLine), (left) => `…and ${count(left, 'more')}.`)];
}

function promptLine({ prompt, permalink }: PromptLine): string {
  return `${link(permalink, showApprovalId(prompt.approval))} ${plain(askedRaw(prompt), 200)}; asked by ${mention(
    prompt.requester.userId,
  )}; ${stateWords(prompt)}`;
}

function stateWords(prompt: PromptLine['prompt']): string {
  const { state, needed, expiresAt, at, hour } = prompt;
  switch (state.status) {
    case 'open':
      return [
        `${state.by.length} of ${count(needed, 'approval')}`,
        missingWords(state.missing),
        state.objections.length === 0 ? null : `${people(state.objections)} against it`,
        `until ${when(expiresAt, at)}`,
        hour === undefined ? null : `for ${hourWords(hour)}`,
      ]
        .filter((each) => each !== null)
        .join(', ');
    case 'holding':
      return `approved by ${people(state.by)}, leaves at ${second(state.until, at)}`;
    case 'standing':
      return `approved by ${people(state.by)}, ${
        prompt.of === 'agent'
          ? 'the drain is under way, the second call is to come'
          : prompt.does.work.do === 'roll'
            ? 'it has begun, and its agents are being marked gone'
            : 'it has begun, the call to start maintenance is to come'
      }`;
    case 'settled':
      return `settled: ${settledBy(state.how)}`;
  }
}

function otherLine({ what, agentId, hostname, requester, permalink }: OtherLine): string {
  const agent = agentName({ agentId, hostname });
  return `${workWords(what, agent)}; asked by ${mention(requester)}; ${link(permalink, 'thread')}`;
}

function workWords(what: OtherLine['what'], agent: string): string {
  switch (what) {
    case 'reactivation':
      return `Reactivating ${agent}`;
    case 'mark-gone':
      return `Marking ${agent} gone`;
  }
}
