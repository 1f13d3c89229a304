import type { AuditEntry } from '../../../src/domain/audit.ts';
import type { Submission } from './near-mesos.ts';
import { userOf } from './near-slack.ts';
import type { Intent, Seen } from './near-witness.ts';
import { truthOf } from './truth.ts';

export interface CallJudge {
  filed(entry: AuditEntry): void;
  leaves(submission: Submission): void;
  /** What only time can show: a call that arrived late. */
  atTheEnd(): string[];
}

/** Less than this kills the tasks there are almost at once, and wants a second person (product.md 3). */
const hastySeconds = 5;
const mostNudges = 5;
const betweenNudgesMs = 30_000;
/** A minute, and the longest look before a call. */
const stillWantedMs = 60_000 + 60_000;

/** Holds the door: no call without an intent on disk, at most one attempt for each, one intent for each command, nothing
 * irreversible without the vote of a second person that stands when it leaves. */
export function judgeCalls(seen: Seen): CallJudge {
  const { world, wrong, intents } = seen;

  return {
    filed: (entry) => {
      if (entry.event === 'call.intended') return intend(entry);
      if (entry.event !== 'call.accepted' && entry.event !== 'call.rejected') return;
      const intent = intents.findLast((each) => isOf(each.entry, entry));
      const applied = intent?.submission?.attempts.flatMap((attempt) => attempt.applied) ?? [];
      if (entry.event === 'call.accepted' && applied.length === 0)
        wrong(`filed as accepted, and no master had applied it: ${entry.request?.body}`);
      if (entry.event === 'call.rejected' && applied.length > 0)
        wrong(`filed as rejected, and a master had applied it: ${entry.request?.body}`);
    },
    leaves: (submission) => {
      const intent = intents.findLast(
        (each) => each.submission === null && each.entry.request?.body === submission.body,
      );
      if (intent === undefined) return wrong(`a call without an intent on disk: ${submission.body}`);
      intent.submission = submission;
      judgeHaste(intent.entry);
      const { call } = submission;
      const on = 'agentId' in call ? world.cluster.model.cluster.leader?.agents.get(call.agentId) : undefined;
      const tasks = on?.tasks.size ?? 0;
      if (needsTwo(submission, tasks)) judgeVotes(intent.entry);
    },
    atTheEnd: () =>
      seen.submissions.flatMap(({ body, attempts }) => {
        const counted = attempts.filter(({ passedOn }) => !passedOn);
        const applied = attempts.flatMap((attempt) => attempt.applied);
        if (counted.length <= 1 && applied.length <= 1) return [];
        return [`sent ${counted.length} times and applied ${applied.length} times: ${body}`];
      }),
  };

  function intend(entry: AuditEntry): void {
    const before = intents.filter((each) => isOf(each.entry, entry));
    if (entry.decision?.startsWith('nudge ')) judgeNudge(entry, before);
    else if (before.length > 0) wrong(`intended twice: ${entry.request?.body}`);
    intents.push({ entry, submission: null });
  }

  /** The one call that may be sent again (product.md 5.4): the master missed its own check, and shows what was meant. */
  function judgeNudge({ at, request, agent }: AuditEntry, before: Intent[]): void {
    const what = `nudged with ${request?.body}`;
    const { cluster } = world.cluster.model;
    const { drain_agent: meant } = JSON.parse(request?.body ?? '{}') as {
      drain_agent: { mark_gone: boolean; max_grace_period?: { seconds: number } };
    };
    const { master } = truthOf(cluster, agent?.id ?? '');
    const tasks = cluster.leader?.agents.get(agent?.id ?? '')?.tasks.size;
    const last = Date.parse(before.at(-1)?.entry.at ?? '');
    if (before.length > mostNudges) wrong(`${what} too often`);
    if (!(Date.parse(at) >= last + betweenNudgesMs)) wrong(`${what} too soon after the call before`);
    if (meant.mark_gone) wrong(`${what}, which marks it gone`);
    if (master?.state !== 'DRAINING' || tasks !== 0)
      wrong(`${what}, and the master does not wait for nothing`);
    if ((meant.max_grace_period?.seconds ?? null) !== master?.grace)
      wrong(`${what}, which is not what the master shows`);
  }

  /** What was typed long ago is not run, unless it waited for people. */
  function judgeHaste({ correlation, approval, decision, request }: AuditEntry): void {
    const typed = world.database.typed().find((each) => each.correlation === correlation);
    if (typed === undefined) wrong(`nobody typed what left: ${request?.body}`);
    else if (
      approval === undefined &&
      !decision?.startsWith('nudge ') &&
      world.clock.now() > typed.receivedAt + stillWantedMs
    )
      wrong(`left long after it was typed: ${request?.body}`);
  }

  /** What Slack's copy of the question says at this very moment. */
  function judgeVotes({ approval, actor, request, agent }: AuditEntry): void {
    const what = `${request?.body} left`;
    if (approval === undefined) {
      wrong(`${what} without an approval`);
      return;
    }
    const asked = world.database.reads.approval(approval.id as never);
    const thread = asked === null ? null : world.database.reads.thread(asked.thread);
    const prompt = world.slack.messages.find(({ ts, deleted }) => ts === thread?.ts && !deleted);
    if (asked === null || prompt === undefined) {
      wrong(`${what}, and its question is not in Slack`);
      return;
    }
    if (!prompt.text.includes(agent?.hostname ?? '?'))
      wrong(`${what}, and its question is about another agent`);
    const requester = actor.kind === 'person' ? actor.user : '';
    const is = (user: string) =>
      (['mara', 'dev', 'ines', 'sam'] as const).map(world.slack.person).find(({ userId }) => userId === user);
    const full = (user: string) => is(user)?.standing === 'full';
    const yes = (prompt.reactions.get('white_check_mark') ?? []).filter(
      (user) => user !== requester && full(user) && world.slack.approvers.has(user),
    );
    const no = ['x', 'octagonal_sign', 'no_entry']
      .flatMap((emoji) => prompt.reactions.get(emoji) ?? [])
      .filter(full);
    if (yes.length === 0) wrong(`${what}, and no second entitled person approves it now`);
    if (!yes.some((user) => world.slack.askedAt.get(user) === world.clock.now()))
      wrong(`${what}, and nobody asked Slack who approves it`);
    if (no.length > 0) wrong(`${what}, and ${no.join(', ')} objects to it`);
    if (requester === userOf('sam')) wrong(`${what}, and whoever asked may not`);
  }
}

/** Whether two entries are of one and the same command's call. */
function isOf(intent: AuditEntry, entry: AuditEntry): boolean {
  return intent.correlation === entry.correlation && intent.request?.body === entry.request?.body;
}

function needsTwo({ call }: Submission, tasks: number): boolean {
  switch (call.type) {
    case 'MARK_AGENT_GONE':
    case 'START_MAINTENANCE':
      return true;
    case 'REACTIVATE_AGENT':
    case 'DEACTIVATE_AGENT':
    case 'UPDATE_MAINTENANCE_SCHEDULE':
    case 'STOP_MAINTENANCE':
      return false;
    case 'DRAIN_AGENT':
      return call.markGone || (tasks > 0 && call.maxGrace !== null && call.maxGrace < hastySeconds);
  }
}
