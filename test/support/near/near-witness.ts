import type { AuditEntry } from '../../../src/domain/audit.ts';
import type { CallJudge } from './judge-calls.ts';
import { judgeCalls } from './judge-calls.ts';
import { judgeWords, type WordJudge } from './judge-words.ts';
import type { Submission } from './near-mesos.ts';
import type { NearWorld, Watchers } from './near-world.ts';
import { type Truth, truthOf } from './truth.ts';

/** A read that the bot made and that was answered. */
export interface Look {
  at: number;
  of: 'master' | 'agent';
  agentId: string;
  truth: Truth;
}

/** An intent on disk, and the call that left on it; null: none did. */
export interface Intent {
  entry: AuditEntry;
  submission: Submission | null;
}

/** What the judges know: all that reached masters and agents, and all that was filed. */
export interface Seen {
  world: NearWorld;
  looks: Look[];
  submissions: Submission[];
  audit: AuditEntry[];
  intents: Intent[];
  wrong(what: string): void;
}

/** Sees all that reaches the simulated masters and agents, all that is filed, and all that Slack shows; believes no record
 * of the bot. */
export interface NearWitness extends Watchers {
  attend(world: NearWorld): void;
  /** Runs this when so many more requests have reached masters, in the middle of whatever the bot is doing. */
  ambush(requests: number, run: () => void): void;
  /** No ambush that has not been sprung yet is any more. */
  peace(): void;
  /** What was said and is not so, and what was done and may not be; empty: nothing. */
  objections(): string[];
}

export function nearWitness(trace: ((line: string) => void) | null): NearWitness {
  const found: string[] = [];
  const ambushes: { left: number; run: () => void }[] = [];
  let seen: Seen | null = null;
  let calls: CallJudge | null = null;
  let words: WordJudge | null = null;

  return {
    attend: (world) => {
      seen = {
        world,
        looks: [],
        submissions: [],
        audit: [],
        intents: [],
        wrong: (what) => {
          tell(() => `WRONG ${what}`);
          found.push(what);
        },
      };
      calls = judgeCalls(seen);
      words = judgeWords(seen);
      watch(seen);
      world.slack.onPosted(({ text, threadTs }) =>
        tell(
          () =>
            `SAID ${threadTs === null ? 'a root' : 'a reply'}: ${text.slice(0, 240).replaceAll('\n', ' / ')}`,
        ),
      );
    },
    onCommit: (entry) => {
      seen?.audit.push(entry);
      tell(() => inALine(entry));
      calls?.filed(entry);
      words?.filed(entry);
    },
    onSubmit: (submission) => {
      seen?.submissions.push(submission);
      tell(() => `CALLS ${submission.body}`);
      calls?.leaves(submission);
    },
    ambush: (requests, run) => void ambushes.push({ left: requests, run }),
    peace: () => void ambushes.splice(0),
    objections: () => [...found, ...(calls?.atTheEnd() ?? []), ...(words?.atTheEnd() ?? [])],
  };

  /** A line is made only for whoever reads it. */
  function tell(line: () => string): void {
    if (trace !== null) trace(`${seen?.world.now()} ${line()}`);
  }

  function watch({ world, looks }: Seen): void {
    const state = world.cluster.model.cluster;
    world.cluster.watch(({ kind, index }, arrival) => {
      if (kind === 'master') spring();
      const { request } = arrival;
      const at = world.clock.now();
      const asked = kind === 'master' ? idAskedFor(request.query) : state.processes[index]?.id;
      if (asked === null || asked === undefined) return;
      const truth = truthOf(state, asked);
      return () => {
        if (arrival.fault === null && arrival.reply?.kind === 'json')
          looks.push({ at, of: kind, agentId: asked, truth });
      };
    });
  }

  function spring(): void {
    for (const each of [...ambushes]) {
      if (--each.left > 0) continue;
      ambushes.splice(ambushes.indexOf(each), 1);
      each.run();
    }
  }
}

/** `/slaves?slave_id=…` */
function idAskedFor(query: string): string | null {
  return query === '' ? null : new URLSearchParams(query).get('slave_id');
}

function inALine({ event, outcome, decision, drain, approval, agent, facts, request }: AuditEntry): string {
  const work = `${drain === undefined ? '' : ` d${drain}`}${approval === undefined ? '' : ` a${approval.id}`}`;
  const more = JSON.stringify(request?.body ?? facts ?? '');
  return `FILED ${event} ${outcome ?? decision ?? ''}${work} ${agent?.hostname ?? ''} ${more}`;
}
