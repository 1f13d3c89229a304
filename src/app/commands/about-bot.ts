import { type AuditCommand, asksAnchor, riskOf } from '../../domain/command.ts';
import type { Instant } from '../../domain/ids.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import { type AskAnchorDeps, askAnchor } from '../anchors/ask-anchor.ts';
import { answerAudit } from '../answers/answer-audit.ts';
import { type Here, whoAmI } from '../answers/who-am-i.ts';
import { authorise } from '../authorise.ts';
import type { InboxCommand, People, Store } from '../ports.ts';
import type { BotCommand } from './choose-cluster.ts';
import type { Ending } from './in-cluster.ts';

/** What commands about the bot as a whole use. */
export interface AboutBotDeps extends AskAnchorDeps {
  store: Store;
  people: People;
  /** All there are. */
  clusters: readonly Here[];
}

/** Answers a command about the bot as a whole; `named`: the one cluster that it speaks of, or null for all. Throws a ChatFault where Slack
 * could not be asked. */
export async function runAboutBot(
  deps: AboutBotDeps,
  asked: BotCommand,
  named: Here | null,
  typed: InboxCommand,
  now: Instant,
): Promise<Ending> {
  const meant = named === null ? deps.clusters : [named];
  switch (asked.verb) {
    case 'help':
      return ok({ kind: 'help', topic: asked.topic, clusters: deps.clusters.map(({ name }) => name) });
    case 'whoami':
      return ok(await whoAmI(deps.people, meant, typed, now));
    case 'audit': {
      const allowed = await authoriseAudit(deps.people, asked, meant, typed);
      if (!allowed.ok) return allowed;
      if (!asksAnchor(asked))
        return answerAudit(
          { store: deps.store, clusters: meant.map(({ name }) => name) },
          asked,
          named?.name ?? null,
          now,
        );
      const { restored } = await deps.store.thisDatabase();
      if (restored !== null) return refuse({ code: 'database-restored', since: restored.since });
      return askAnchor(deps, asked, typed, now);
    }
  }
}

/** The log is one: whoever may read it, or keep a head of it, for one of the clusters may do so. */
async function authoriseAudit(
  people: People,
  asked: AuditCommand,
  meant: readonly Here[],
  typed: InboxCommand,
): Promise<Result<unknown>> {
  let first: Result<unknown> | null = null;
  for (const { policy } of meant) {
    const stands = policy.current();
    // Whoever may approve may also keep a head of the log.
    const allowed = await authorise(people, stands, typed, riskOf(asked), stands.approvers);
    if (allowed.ok) return allowed;
    first ??= allowed;
  }
  return first ?? refuse({ code: 'which-cluster', clusters: [] });
}
