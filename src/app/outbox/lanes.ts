import type { ThreadId, UserId } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import type { OutboxRow, ThreadRow } from '../ports.ts';

/** What can go out next, independently of the others: an answer, a message to a channel, or a thread's next. */
export type Lane =
  /** To one person alone: the answer to a command, or a word in a channel. */
  | { kind: 'answer'; row: OutboxRow & { to: { kind: 'answer' | 'whisper' } } }
  | { kind: 'channel'; rows: [OutboxRow]; to: { kind: 'channel' } & OutboxRow['to'] }
  /** In the conversation with one person, in the order of queueing. */
  | { kind: 'person'; rows: [OutboxRow]; to: { kind: 'person' } & OutboxRow['to'] }
  | { kind: 'root'; rows: [OutboxRow]; thread: ThreadRow }
  /** All that waits in a thread whose root can never be delivered. */
  | { kind: 'dead'; rows: OutboxRow[]; thread: ThreadRow & { dead: string } }
  /** One message for all that waits, in order; a doubtful attempt is cleared up by itself first. */
  | {
      kind: 'replies';
      rows: OutboxRow[];
      thread: ThreadRow & { ts: NonNullable<ThreadRow['ts']> };
      broadcast: boolean;
    };

/** At most so many milestones in one message; the rest follows in the next. */
const mergedAtOnce = 8;

/** Sorts waiting messages (in the order they were queued) into lanes. Replies wait for their root. */
export function lanesOf(rows: OutboxRow[], threads: Map<ThreadId, ThreadRow>): Lane[] {
  const lanes: Lane[] = [];
  const seen = new Set<ThreadId | UserId>();
  for (const row of rows) {
    const { to } = row;
    switch (to.kind) {
      case 'answer':
      case 'whisper':
        lanes.push({ kind: 'answer', row: { ...row, to } });
        break;
      case 'channel':
        lanes.push({ kind: 'channel', rows: [row], to });
        break;
      case 'person':
        if (seen.has(to.user)) break;
        seen.add(to.user);
        lanes.push({ kind: 'person', rows: [row], to });
        break;
      case 'root':
      case 'reply': {
        const thread = threads.get(to.thread);
        if (thread === undefined || seen.has(to.thread)) break;
        seen.add(to.thread);
        if (thread.dead !== null)
          lanes.push({
            kind: 'dead',
            rows: waitingIn(rows, thread),
            thread: { ...thread, dead: thread.dead },
          });
        else if (to.kind === 'root') lanes.push({ kind: 'root', rows: [row], thread });
        else if (thread.ts !== null) lanes.push(repliesOf(rows, { ...thread, ts: thread.ts }));
        break;
      }
    }
  }
  return lanes;
}

function waitingIn(rows: OutboxRow[], thread: ThreadRow): OutboxRow[] {
  return rows.filter(({ to }) => (to.kind === 'root' || to.kind === 'reply') && to.thread === thread.id);
}

function repliesOf(rows: OutboxRow[], thread: Extract<Lane, { kind: 'replies' }>['thread']): Lane {
  const waiting = waitingIn(rows, thread);
  const doubtful = waiting.filter((row) => row.doubtful);
  const next = doubtful.length > 0 ? doubtful : mergeable(waiting);
  const broadcast = next.some(({ to }) => to.kind === 'reply' && to.broadcast);
  return { kind: 'replies', rows: next, thread, broadcast };
}

/** Files are messages of their own. */
export function isFile({ kind }: Notice): boolean {
  return kind === 'snippet' || kind === 'audit-export';
}

/** What goes out as one message; a file is one by itself. */
function mergeable(waiting: OutboxRow[]): OutboxRow[] {
  const files = waiting.findIndex(({ notice }) => isFile(notice));
  return files === 0
    ? waiting.slice(0, 1)
    : waiting.slice(0, files === -1 ? mergedAtOnce : Math.min(files, mergedAtOnce));
}

/** One notice as it is, several as one message. */
export function asOne(rows: OutboxRow[]): Notice {
  const [first] = rows;
  if (first !== undefined && rows.length === 1) return first.notice;
  return { kind: 'several', notices: rows.map((row) => row.notice) };
}
