import { opsChannel } from '../../playground/scenarios/story.ts';
import type { Message } from '../../playground/slack/workspace/messages.ts';
import type { AuditEntry } from '../../src/domain/audit.ts';
import type { World } from './world.ts';

/** What a verdict in the thread is on the card and in the log. */
const ends: [said: string, event: string][] = [
  ['the master rejected the drain', 'drain.ended rejected'],
  ['the drain was not applied', 'drain.ended not-applied'],
  ['somebody changed this drain outside the bot', 'drain.ended superseded'],
  ['was reactivated: it takes tasks again', 'drain.ended reactivated'],
  ['was marked gone', 'drain.ended gone'],
  ['is no longer listed, not confirmed gone', 'drain.ended removed'],
  ['was replaced by', 'drain.ended replaced'],
  ['no longer followed, closed by a person', 'drain.ended given-up'],
  ['is DRAINED', 'drain.drained master-and-agent'],
  ['DRAINED, says the master', 'drain.drained master-only'],
];

/** Legitimate: the clock leapt over a commit, and the person is told that nothing was recorded. */
const hurried = 'a command could not be committed in time and was not taken';

/** Looks at what is left when everything has been well for a while; the answer judges it by the log too. */
export async function judgeEnd(world: World): Promise<(audit: AuditEntry[]) => string[]> {
  const woken = world.errors.filter(({ message }) => message !== hurried);
  const found: string[] = woken.map(
    ({ message, facts }) => `someone was woken: ${message} ${String((facts as { err?: unknown }).err)}`,
  );
  const { store } = world;
  if (store === null) return () => [...found, 'the bot has no store'];
  const waiting = await store.outbox();
  if (waiting.length > 0) found.push(`not told: ${waiting.map(({ notice }) => notice.kind).join(', ')}`);
  const messages = world.slack.model.messages.inChannel(opsChannel.id).filter(({ botId }) => botId !== null);
  const roots = messages.filter(({ threadTs }) => threadTs === null);
  return (audit) => [
    ...found,
    ...doubled(messages),
    ...roots.flatMap((root) => judgeThread(root, messages, audit)),
    ...judgeLog(audit, roots),
  ];
}

function idsOf({ metadata }: Message): string[] {
  return (metadata?.event_payload['notices'] ?? []) as string[];
}

/** Each notice stands in one message, but for those that say that they may be a repeat. */
function doubled(messages: Message[]): string[] {
  const seen = new Set<string>();
  const found: string[] = [];
  for (const message of messages) {
    if (idsOf(message).length === 0) found.push(`a message without ids: ${message.text}`);
    for (const id of idsOf(message)) {
      if (seen.has(id) && !message.text.includes('May be a repeat'))
        found.push(`said twice: ${message.text}`);
      seen.add(id);
    }
  }
  return found;
}

function judgeThread(root: Message, messages: Message[], audit: AuditEntry[]): string[] {
  const drain = Number(/Drain\W+d(\d+)\b/.exec(root.text)?.[1]);
  const found: string[] = [];
  const replies = messages.filter(({ threadTs }) => threadTs === root.ts);
  const fresh = replies.filter(({ text }) => !text.includes('May be a repeat'));
  // Ids are given in the order of queueing (test/support/world.ts counts them up).
  const ids = fresh.flatMap(idsOf);
  if (ids.join() !== ids.toSorted().join()) found.push(`d${drain} is told out of order: ${ids.join(', ')}`);
  const said = replies.map(({ text }) => text).join('\n');
  const told = ends
    .map(([words, event]) => ({ words, event, at: said.lastIndexOf(words) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at);
  const log = audit.filter((entry) => entry.drain === drain);
  const logged = log
    .filter(({ event }) => event === 'drain.drained' || event === 'drain.ended')
    .map(({ event, outcome }) => `${event} ${outcome}`);
  if (told.map(({ event }) => event).join() !== logged.join())
    found.push(`d${drain} is told as ${told.map(({ words }) => words).join()} and filed as ${logged.join()}`);
  const last = told.at(-1);
  if (last === undefined) {
    if (!/\*(Stuck|Waiting):\*/.test(said))
      found.push(`d${drain} neither ended nor says why:\n${root.text}\n${said}`);
    else if (!root.text.includes('*Waits:*'))
      found.push(`the card of d${drain} does not say what it waits for`);
  } else if (!root.text.includes(last.words))
    found.push(`the card of d${drain} lacks "${last.words}":\n${root.text}`);
  return found;
}

/** Each drain's intent stands before its outcome and all else; it has one outcome at most, and a thread. */
function judgeLog(audit: AuditEntry[], roots: Message[]): string[] {
  const found: string[] = [];
  const drains = new Set(
    audit.flatMap(({ drain, event }) => (drain && event === 'call.intended' ? [drain] : [])),
  );
  for (const drain of drains) {
    const events = audit.filter((entry) => entry.drain === drain).map(({ event }) => event);
    const count = (...wanted: string[]) => events.filter((event) => wanted.includes(event)).length;
    if (events[0] !== 'call.intended' || count('call.intended') !== 1)
      found.push(`d${drain}: ${events.join()}`);
    if (count('call.accepted', 'call.rejected', 'call.unknown') > 1)
      found.push(`d${drain}: ${events.join()}`);
    if (count('drain.drained') > 1 || count('drain.ended') > 1) found.push(`d${drain}: ${events.join()}`);
    if (!roots.some(({ text }) => new RegExp(`Drain\\W+d${drain}\\b`).test(text)))
      found.push(`d${drain}: no card`);
  }
  return found;
}
