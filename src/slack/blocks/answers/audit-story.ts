import { isUnderWay } from '../../../domain/audit/deed.ts';
import type { AuditEntry } from '../../../domain/audit.ts';
import { showApprovalId, showDrainId, showPlanId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import { agentName } from '../text/agent-name.ts';
import type { CommandButton } from '../text/buttons.ts';
import { code, link, mention } from '../text/escape.ts';
import { thatFit } from '../text/limits.ts';
import { buttons, enumerate, list, type Part, text } from '../text/part.ts';
import { stamp } from '../text/time.ts';
import { eventWords } from './audit-events.ts';
import { askedWords, outcomeWords } from './deed-words.ts';

type Story = Extract<Notice, { kind: 'audit-story' }>;

/** What happened in one drain or question, oldest first: at its head who, why and on whose approval, at its foot the end. */
export function storyParts(notice: Story): Part[] {
  const { entries, isFirst, later } = notice;
  const told = withoutSteps(entries);
  const ofMany = notice.about !== null && 'plan' in notice.about;
  const lines = told.map((entry, at) => storyLine(entry, told[at - 1], ofMany));
  const head = text(...headWords(notice));
  const widest = buttons(laterButton(notice, Number.MAX_SAFE_INTEGER), fromStart(notice));
  const foot = text(...footWords(notice));
  const shown = Math.max(1, thatFit(lines, [head, widest, foot]));
  const last = told.slice(0, shown).at(-1);
  const goesOn = notice.about !== null && (later || shown < told.length);
  const turning = [
    ...(last !== undefined && goesOn ? [laterButton(notice, last.seq)] : []),
    ...(isFirst ? [] : [fromStart(notice)]),
  ];
  return [
    head,
    ...(lines.length === 0 ? [] : [list(lines.slice(0, shown))]),
    ...(turning.length === 0 ? [] : [buttons(...turning)]),
    foot,
  ];
}

function laterButton({ words }: Story, seq: number): CommandButton {
  return { label: 'Later', words: `${words} --after ${seq}` };
}

function fromStart({ words }: Story): CommandButton {
  return { label: 'From the start', words };
}

function headWords({ about, deed, permalink, isFirst, entries, archive }: Story): string[] {
  const further = isFirst ? '' : ', further on';
  const name =
    about === null
      ? 'the audit log'
      : 'drain' in about
        ? `drain ${showDrainId(about.drain)}`
        : 'approval' in about
          ? `question ${showApprovalId(about.approval)}`
          : `plan ${showPlanId(about.plan)}`;
  return [
    `*What happened in ${link(permalink, name)}*${further}, in order of time:`,
    ...(about === null
      ? []
      : [
          deed === null
            ? `How it began is not in this file of the log${archive === null ? '' : `, but in ${code(archive, 200)}`}.`
            : `${askedWords(deed, 300)}.`,
        ]),
    ...(entries.length > 0 ? [] : ['Nothing is later.']),
  ];
}

function footWords({ about, deed }: Story): string[] {
  if (deed === null) return [];
  const isPlan = about !== null && 'plan' in about;
  if (isPlan && deed.parts.every(({ state }) => state.is === 'answered'))
    return ['*As it stands:* shown to who asked, not confirmed, and nothing done.'];
  const over = deed.parts.every(({ state }) => !isUnderWay(state));
  return [`*${over ? 'The end' : 'As it stands'}:* ${outcomeWords(deed) || 'done'}.`];
}

/** Of looks that each saw some more tasks end, the last tells it all. */
function withoutSteps(entries: AuditEntry[]): AuditEntry[] {
  const isStep = (entry: AuditEntry | undefined) => entry?.event === 'drain.progressed';
  return entries.filter((entry, at) => !(isStep(entry) && isStep(entries[at + 1])));
}

/** Time, of a plan the agent, who did what, and on whose approval it left; the day where it may be another than in the line
 * above. */
function storyLine(entry: AuditEntry, before: AuditEntry | undefined, ofMany: boolean): string {
  const { event, approval, agent } = entry;
  const on =
    event === 'call.intended' && approval !== undefined && approval.by.length > 0
      ? `, approved by ${enumerate(approval.by.map(({ user }) => mention(user)))} (a${approval.id})`
      : '';
  const whose =
    ofMany && agent !== undefined ? `${agentName({ agentId: agent.id, hostname: agent.hostname })}: ` : '';
  return `${stamp(entry.at, before?.at ?? null)} ${whose}${eventWords(entry)}${on}`;
}
