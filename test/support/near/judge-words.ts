import type { AppliedCall } from '../../../playground/mesos/state.ts';
import type { AuditEntry } from '../../../src/domain/audit.ts';
import type { Look, Seen } from './near-witness.ts';
import { isListed } from './truth.ts';

export interface WordJudge {
  filed(entry: AuditEntry): void;
  /** What only time can show: that something was on its way still. */
  atTheEnd(): string[];
}

/** Holds what is filed to what is so, at the moment at which it is filed; what is filed is what is told
 * (judge-at-the-end.ts). */
export function judgeWords(seen: Seen): WordJudge {
  const { world, wrong, looks } = seen;
  const { cluster } = world.cluster.model;

  return { filed: judge, atTheEnd: () => seen.audit.flatMap(tooEarly) };

  /** A call that was given up for lost, and took effect later. */
  function tooEarly(entry: AuditEntry): string[] {
    if (entry.outcome !== 'not-applied' && entry.outcome !== 'rejected') return [];
    if (!entry.event.endsWith('.ended')) return [];
    const later = ours(entry).some(({ at }) => at > Date.parse(entry.at));
    return later
      ? [`filed "${entry.event} ${entry.outcome}" (d${entry.drain}), and it was applied later`]
      : [];
  }

  function judge(entry: AuditEntry): void {
    const { event, outcome, agent } = entry;
    const id = agent?.id ?? '';
    const said = `filed "${event} ${outcome ?? ''}" of ${agent?.hostname} (d${entry.drain})`;
    const mustBe = (so: boolean, what: string) => {
      if (!so) wrong(`${said}, but ${what}`);
    };
    switch (event) {
      case 'drain.drained':
        judgeDrained(entry, mustBe);
        return;
      case 'drain.effect-seen':
      case 'mark-gone.effect-seen':
        mustBe(ours(entry).length > 0, 'no master had applied our call');
        return;
      case 'drain.ended':
      case 'mark-gone.ended':
      case 'reactivation.ended':
        judgeEnd(entry, id, mustBe);
        return;
      case 'outside.changed': {
        const mine = seen.submissions.flatMap(({ attempts }) => attempts.flatMap(({ applied }) => applied));
        const theirs = of(id, ...(deeds[outcome ?? ''] ?? [])).filter((call) => !mine.includes(call));
        mustBe(theirs.length > 0, 'nobody else did that');
        return;
      }
      case 'drain.recalled':
        mustBe(
          looks.some((look) => look.agentId === id && now(look) && look.truth.master?.markGone === false),
          'the master still shows mark_gone',
        );
        return;
      default:
    }
  }

  function judgeEnd(entry: AuditEntry, id: string, mustBe: (so: boolean, what: string) => void): void {
    const { registry } = cluster;
    switch (entry.outcome) {
      case 'gone':
        mustBe(registry.gone.has(id), 'the registry does not list it as gone');
        return;
      case 'removed':
      case 'replaced':
        mustBe(!isListed(cluster, id) && !registry.gone.has(id), 'the registry lists it');
        return;
      case 'not-applied':
        // Taken back by somebody before anybody could see it, it is as if it had not been.
        mustBe(ours(entry).every(undone), 'a master had applied it');
        return;
      case 'rejected':
        mustBe(ours(entry).length === 0, 'a master had applied it');
        return;
      case 'reactivated':
        mustBe(of(id, 'REACTIVATE_AGENT').length > 0, 'nobody reactivated it');
        return;
      case 'superseded':
        mustBe(
          of(id, 'DRAIN_AGENT', 'DEACTIVATE_AGENT', 'REACTIVATE_AGENT').some(
            (call) => !ours(entry).includes(call),
          ),
          'nobody changed it',
        );
        return;
      case 'active':
        judgeActive(entry, id, mustBe);
        return;
      default:
    }
  }

  /** Two reads of one leader, a second apart, that say DRAINED with the grace that was meant; and the agent's own word. */
  function judgeDrained(entry: AuditEntry, mustBe: (so: boolean, what: string) => void): void {
    const { agent, drain, outcome } = entry;
    const intent = seen.audit.find(
      (each) =>
        each.event === 'call.intended' && each.drain === drain && each.request?.call === 'DRAIN_AGENT',
    );
    const grace =
      intent === undefined ? undefined : graceIn(JSON.parse(intent.request?.body ?? '{}').drain_agent);
    const mine = looks.filter((look) => look.agentId === agent?.id);
    const proofs = mine.filter(
      ({ of: whose, truth: { master } }) =>
        whose === 'master' && master?.state === 'DRAINED' && (grace === undefined || master.grace === grace),
    );
    const last = proofs.at(-1);
    const lastLook = mine.findLast(({ of: whose }) => whose === 'master');
    const first = proofs.find(({ truth }) => truth.master?.leader === last?.truth.master?.leader);
    if (last === undefined || first === undefined || last !== lastLook) {
      mustBe(false, 'the master did not say DRAINED');
      return;
    }
    mustBe(last.at - first.at >= 1_000, 'it was seen in one read only');
    if (outcome !== 'master-and-agent') return;
    const own = mine.findLast(({ of: whose }) => whose === 'agent');
    mustBe(own?.truth.empty === true && own.at >= last.at, 'the agent was not empty');
  }

  function judgeActive(entry: AuditEntry, id: string, mustBe: (so: boolean, what: string) => void): void {
    const mine = looks.filter((look) => look.agentId === id);
    const master = mine.findLast(({ of: whose }) => whose === 'master')?.truth.master;
    mustBe(
      master != null && master.state === null && !master.deactivated && master.connected,
      'the master does not have it in service',
    );
    const { agentNotAsked } = entry.facts as { agentNotAsked: string | null };
    if (agentNotAsked === null)
      mustBe(
        mine.findLast(({ of: whose }) => whose === 'agent')?.truth.agentDrains === false,
        'the agent still drains',
      );
  }

  function now({ at }: Look): boolean {
    return at >= world.clock.now() - 1_000;
  }

  /** What this entry's own calls did. */
  function ours({ correlation, drain, event }: AuditEntry): AppliedCall[] {
    const type = event.startsWith('mark-gone') ? 'gone' : event.startsWith('reactivation') ? 'back' : 'drain';
    return seen.intents
      .filter(({ entry }) => entry.correlation === correlation && entry.drain === drain)
      .filter(({ entry }) => {
        const kind = kindOf(entry.request?.body ?? '');
        return kind === type || (type === 'drain' && kind === 'gone' && isUnattended(entry));
      })
      .flatMap(({ submission }) => submission?.attempts.flatMap(({ applied }) => applied) ?? []);
  }

  /** The call with `mark_gone` is the drain's own where no plain one came before it. */
  function isUnattended({ drain, seq }: AuditEntry): boolean {
    return seen.intents.find(({ entry }) => entry.drain === drain)?.entry.seq === seq;
  }

  /** Whether somebody else undid it afterwards. */
  function undone(call: AppliedCall): boolean {
    const later = cluster.applied.slice(cluster.applied.indexOf(call) + 1);
    return later.some((other) => idIn(other.body) === idIn(call.body));
  }

  function of(agentId: string, ...types: string[]): AppliedCall[] {
    return cluster.applied.filter(({ type, body }) => types.includes(type) && idIn(body) === agentId);
  }
}

/** By which calls of others an agent comes to stand as an entry says. */
const deeds: Record<string, AppliedCall['type'][]> = {
  'drain-begun': ['DRAIN_AGENT'],
  'drain-changed': ['DRAIN_AGENT'],
  deactivated: ['DEACTIVATE_AGENT'],
  reactivated: ['REACTIVATE_AGENT'],
  gone: ['MARK_AGENT_GONE', 'DRAIN_AGENT'],
};

function kindOf(body: string): 'gone' | 'back' | 'drain' {
  if (body.includes('REACTIVATE_AGENT')) return 'back';
  return body.includes('MARK_AGENT_GONE') || body.includes('"mark_gone":true') ? 'gone' : 'drain';
}

function idIn(body: unknown): string | undefined {
  return (body as { agent_id?: { value?: string } }).agent_id?.value;
}

function graceIn(body: unknown): number | null {
  return (body as { max_grace_period?: { seconds?: number } } | undefined)?.max_grace_period?.seconds ?? null;
}
