import { opsChannel } from '../../playground/scenarios/story.ts';
import type { Message } from '../../playground/slack/workspace/messages.ts';
import type { AuditEntry } from '../../src/domain/audit.ts';
import type { World } from './world.ts';

/** How the bot's commands and the calls of other people are told apart: each of the bot's drains has a max grace
 * period of its own, and outsiders use ones beyond these. */
export const outsideGrace = 5_000;

/** What is true of an agent at one moment, whatever anybody was told. */
interface Truth {
  /** No task or executor, no pending operation, no drain in progress on the agent itself. */
  empty: boolean;
  /** The leading master's word, with the grace of the drain it shows. */
  master: { leader: string; state: 'DRAINING' | 'DRAINED' | null; grace: number | null } | null;
}

/** A read that the bot made and that was answered. */
interface Look {
  at: number;
  of: 'master' | 'agent';
  agentId: string;
  truth: Truth;
}

/** A DRAIN_AGENT on the socket of a master, by grace. */
interface Attempt {
  at: number;
  grace: number;
  /** Certainly without effect where it went: a redirect, or one of the two 503s that send it elsewhere. */
  passedOn: boolean;
}

/** Sees all that reaches the simulated masters and agents, and all that Slack shows; trusts no record of the bot
 * but the audit log's clock. */
export interface Observer {
  /** Runs this when so many more requests have reached masters, in the middle of whatever the bot is doing. */
  ambush(requests: number, run: () => void): void;
  /** What was said and is not so, and what was done and may not be; empty: nothing. */
  objections(audit: AuditEntry[]): string[];
}

const notLeading = ['No leader elected', 'Master has not finished recovery'];

export function observer(world: World): Observer {
  const { cluster: state } = world.cluster.model;
  const looks: Look[] = [];
  const attempts: Attempt[] = [];
  const wrong: string[] = [];
  const drained: { agentId: string; drain: number; safe: boolean; at: number }[] = [];
  const ambushes: { left: number; run: () => void }[] = [];

  world.cluster.watch(({ kind, index }, arrival) => {
    const { request } = arrival;
    const byBot = request.headers['user-agent'] === undefined;
    if (kind === 'master') spring();
    if (!byBot) return;
    const at = world.clock.now();
    if (kind === 'agent') {
      const agentId = state.processes[index]?.id;
      if (agentId === null || agentId === undefined) return;
      const truth = truthOf(agentId);
      return () => {
        if (arrival.fault === null) looks.push({ at, of: 'agent', agentId, truth });
      };
    }
    const asked = new URLSearchParams(request.query).get('slave_id');
    if (asked !== null) {
      const truth = truthOf(asked);
      return () => {
        if (arrival.fault === null && arrival.reply?.kind === 'json')
          looks.push({ at, of: 'master', agentId: asked, truth });
      };
    }
    if (!request.body.includes('"DRAIN_AGENT"')) return;
    const grace = (JSON.parse(request.body) as DrainBody).drain_agent.max_grace_period.seconds;
    return () => {
      const { reply, fault } = arrival;
      const passedOn =
        fault === null &&
        (reply?.kind === 'redirect' || (reply?.kind === 'text' && notLeading.includes(reply.text)));
      attempts.push({ at, grace, passedOn });
    };
  });
  world.slack.model.changes.follow((change) => {
    if (change.kind === 'posted' && change.message.botId !== null && change.message.threadTs !== null)
      hear(change.message);
  });

  return {
    ambush: (requests, run) => void ambushes.push({ left: requests, run }),
    objections: (audit) => [...wrong, ...onCalls(audit), ...onProofs(audit)],
  };

  function spring(): void {
    for (const each of [...ambushes]) {
      if (--each.left > 0) continue;
      ambushes.splice(ambushes.indexOf(each), 1);
      each.run();
    }
  }

  function truthOf(agentId: string): Truth {
    const process = state.processes.find(({ id }) => id === agentId);
    const { leader } = state;
    const pending = [...(process?.operations.values() ?? [])].some((op) => op.state === 'OPERATION_PENDING');
    const info = leader?.draining.get(agentId);
    const graceNs = info?.config.graceNs ?? null;
    return {
      empty: process !== undefined && process.tasks.size === 0 && !pending && process.drain === null,
      master:
        leader === null || !leader.recovered || !leader.agents.has(agentId)
          ? null
          : {
              leader: state.masters[leader.index]?.id ?? '',
              state: info?.state ?? null,
              grace: graceNs === null ? null : Number(graceNs / 1_000_000_000n),
            },
    };
  }

  /** What can be judged at the moment at which it is said. */
  function hear(message: Message): void {
    const root = world.slack.model.messages.find(opsChannel.id, message.threadTs ?? '');
    const agentId = /Agent ID: `([^`]+)`/.exec(root?.text ?? '')?.[1] ?? '';
    const grace = Number(/grace is (\d+)/.exec(root?.text ?? '')?.[1]);
    const drain = Number(/Drain\W+d(\d+)\b/.exec(root?.text ?? '')?.[1]);
    const { registry, applied } = state;
    const says = (part: string) => message.text.includes(part);
    const ours = applied.some(({ type, body }) => type === 'DRAIN_AGENT' && graceOf(body) === grace);
    const byOthers = (types: string[]) =>
      applied.some(
        ({ type, body }) => types.includes(type) && idIn(body) === agentId && graceOf(body) !== grace,
      );
    const isListed = registry.agents.has(agentId) || registry.unreachable.has(agentId);
    const said = `"${message.text.split('\n')[0]}"`;
    const mustBe = (so: boolean, what: string) => {
      if (!so) wrong.push(`said ${said}, but ${what}`);
    };
    if (agentId === '' || Number.isNaN(grace) || Number.isNaN(drain))
      wrong.push(`a reply to a root that names no drain: ${root?.text}`);
    if (says('was marked gone')) mustBe(registry.gone.has(agentId), 'the registry does not list it as gone');
    // Taken back by somebody before anybody could see it, it is as if it had not been.
    if (says('was not applied')) mustBe(!ours || byOthers(['REACTIVATE_AGENT']), 'the master had applied it');
    if (says('the master rejected')) mustBe(!ours, 'the master had applied it');
    if (says('*Started:*') || says('*Found out:*')) mustBe(ours, 'no master had applied it');
    if (says('was reactivated')) mustBe(byOthers(['REACTIVATE_AGENT']), 'nobody reactivated it');
    if (says('somebody changed')) mustBe(byOthers(['DRAIN_AGENT']), 'nobody changed it');
    if (says('is no longer listed') || says('was replaced by'))
      mustBe(!isListed && !registry.gone.has(agentId), 'the registry lists it');
    const safe = says('Safe to take down');
    if (safe || says('DRAINED, says the master'))
      drained.push({ agentId, drain, safe, at: world.clock.now() });
  }

  /** At most one attempt for each intent, and none without one. */
  function onCalls(audit: AuditEntry[]): string[] {
    const intents = audit.filter(({ event }) => event === 'call.intended');
    const graces = intents.map(({ request }) => (JSON.parse(request?.body ?? '') as DrainBody).drain_agent);
    const known = graces.map(({ max_grace_period: { seconds } }) => seconds);
    const found: string[] = [];
    if (new Set(known).size !== known.length) found.push(`one command intended twice: ${known.join(', ')}`);
    for (const [i, grace] of known.entries()) {
      const mine = attempts.filter((attempt) => attempt.grace === grace && !attempt.passedOn);
      if (mine.length > 1) found.push(`the call with ${grace} s was sent ${mine.length} times`);
      const intendedAt = Date.parse(intents[i]?.at ?? '');
      if (mine.some(({ at }) => at < intendedAt))
        found.push(`the call with ${grace} s left before its intent`);
    }
    for (const { grace } of attempts)
      if (!known.includes(grace)) found.push(`a call with ${grace} s has no intent`);
    return found;
  }

  /** When a drain was called drained, the last word of master and agent alike was true. */
  function onProofs(audit: AuditEntry[]): string[] {
    return drained.flatMap(({ agentId, drain, safe, at }) => {
      const entry = audit.find((each) => each.event === 'drain.drained' && each.drain === drain);
      const provenAt = Date.parse(entry?.at ?? '');
      if (!(provenAt <= at)) return [`d${drain} was called drained before that was written`];
      const grace = (JSON.parse(intentOf(audit, drain)) as DrainBody).drain_agent.max_grace_period.seconds;
      const mine = looks.filter((look) => look.agentId === agentId && look.at <= provenAt);
      const proofs = mine.filter(
        ({ of, truth: { master } }) =>
          of === 'master' && master?.state === 'DRAINED' && master.grace === grace,
      );
      const last = proofs.at(-1);
      const first = proofs.find(({ truth }) => truth.master?.leader === last?.truth.master?.leader);
      const found: string[] = [];
      if (last === undefined || first === undefined || last.at !== provenAt)
        found.push(`d${drain} was called drained, but the master did not say so`);
      else if (last.at - first.at < 1_000) found.push(`d${drain} was called drained on one read`);
      // Within one look things may change: what the agent said in it must have been true then.
      if (safe && !mine.some(({ of, truth, at: then }) => of === 'agent' && then === provenAt && truth.empty))
        found.push(`d${drain} was called safe, but the agent was not empty`);
      return found;
    });
  }
}

interface DrainBody {
  drain_agent: { max_grace_period: { seconds: number } };
}

function intentOf(audit: AuditEntry[], drain: number): string {
  return audit.find((each) => each.event === 'call.intended' && each.drain === drain)?.request?.body ?? '{}';
}

function idIn(body: unknown): string | undefined {
  return (body as { agent_id?: { value?: string } }).agent_id?.value;
}

function graceOf(body: unknown): number | undefined {
  return (body as { max_grace_period?: { seconds?: number } }).max_grace_period?.seconds;
}
