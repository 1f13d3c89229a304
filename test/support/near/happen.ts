import { strike } from '../cluster-events.ts';
import type { NearWorld } from './near-world.ts';
import type { CurlCall, NearEvent, Typed } from './script.ts';

/** Other people's drains have graces beyond those of the bot's. */
const outsideGrace = 5_000;

/** Makes it happen, at once. What can't happen in the present state does not. `count`: of what was typed before, so that
 * each drain has a grace of its own. */
export function happen(
  world: NearWorld,
  event: Exclude<NearEvent, { do: 'ambush' | 'leap' }>,
  count: number,
): void {
  const { cluster, slack, database } = world;
  const { model } = cluster;
  switch (event.do) {
    case 'type':
      slack.type(event.by, lineOf(event.what, count));
      return;
    case 'vote': {
      const prompt = slack.prompt() ?? slack.messages.findLast(({ threadTs }) => threadTs === null);
      if (prompt !== undefined) slack.react(event.by, prompt, event.emoji, event.undo);
      return;
    }
    case 'become': {
      const { userId } = slack.person(event.who);
      if (event.what === 'approver') slack.approvers.add(userId);
      else if (event.what === 'no approver') slack.approvers.delete(userId);
      else slack.become(event.who, event.what);
      return;
    }
    case 'delete prompt': {
      const prompt = slack.prompt();
      if (prompt !== null) slack.delete(prompt);
      return;
    }
    case 'remove framework':
      model.removeFramework(event.name);
      return;
    case 'curl':
      curl(world, event.what, event.host);
      return;
    case 'master fault':
      model.masterFaults(event.index).add({ match: event.match, fault: event.fault, times: event.times });
      return;
    case 'agent fault':
      model.agentFaults(event.host).add({ match: {}, fault: event.fault, times: event.times });
      return;
    case 'late call':
      cluster.delayCalls(event.ms, 1);
      return;
    case 'slack fault':
      slack.fault(event.on, event.fault, event.times);
      return;
    case 'mute':
      slack.mute(event.what, event.times);
      return;
    case 'deaf':
      slack.deaf(event.isDeaf);
      return;
    case 'disk full':
      database.fail(event.times);
      return;
    default:
      strike(model, event);
      return;
  }
}

function lineOf(what: Typed, count: number): string {
  const agent = `agent${'n' in what ? what.n : 1}`;
  switch (what.type) {
    case 'drain': {
      const grace = what.more === 'in a hurry' ? count % 5 : 600 + count;
      const flag = what.more === 'in a hurry' ? '' : ` ${what.more}`;
      return `drain ${agent} --max-grace-period ${grace}s${flag} --reason "number ${count}"`;
    }
    case 'mark-gone':
      return `mark-gone ${agent}${what.now ? ' --now' : ''} --reason "number ${count}"`;
    case 'reactivate':
      return `reactivate ${agent}`;
    case 'cancel':
      return `cancel ${what.what}${what.n}`;
    case 'close':
      return `close d${what.n} --reason "not needed any more"`;
  }
}

function curl({ cluster }: NearWorld, what: CurlCall, hostname: string): void {
  const id = cluster.model.cluster.processes.find((each) => each.host.spec.hostname === hostname)?.id;
  if (id === null || id === undefined) return;
  const agent_id = { value: id };
  const drain = { agent_id, max_grace_period: { seconds: outsideGrace } };
  const calls: Record<CurlCall, object> = {
    drain: { type: 'DRAIN_AGENT', drain_agent: drain },
    'drain and mark gone': { type: 'DRAIN_AGENT', drain_agent: { ...drain, mark_gone: true } },
    deactivate: { type: 'DEACTIVATE_AGENT', deactivate_agent: { agent_id } },
    reactivate: { type: 'REACTIVATE_AGENT', reactivate_agent: { agent_id } },
    gone: { type: 'MARK_AGENT_GONE', mark_agent_gone: { agent_id } },
  };
  cluster.byOthers(JSON.stringify(calls[what]));
}
