import type { Changes } from './changes.ts';
import type { Message } from './messages.ts';

/** Adds a person's reaction; false when it already stood (Slack: already_reacted). */
export function addReaction(changes: Changes, message: Message, user: string, name: string): boolean {
  const standing = message.reactions.find((each) => each.name === name);
  if (standing?.users.includes(user)) return false;
  if (standing === undefined) message.reactions.push({ name, users: [user] });
  else standing.users.push(user);
  changes.tell({ kind: 'reaction added', message, user, name });
  return true;
}

/** Takes a person's reaction back; false when there was none (Slack: no_reaction). */
export function removeReaction(changes: Changes, message: Message, user: string, name: string): boolean {
  const standing = message.reactions.find((each) => each.name === name);
  if (!standing?.users.includes(user)) return false;
  standing.users = standing.users.filter((each) => each !== user);
  message.reactions = message.reactions.filter((each) => each.users.length > 0);
  changes.tell({ kind: 'reaction removed', message, user, name });
  return true;
}
