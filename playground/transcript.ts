import type { SlackModel } from './slack/model.ts';
import type { Message } from './slack/workspace/messages.ts';
import { channelNamed } from './slack/workspace/workspace.ts';

/** A channel as text: what was said in it, with each thread under its root, and what was told to one person only. */
export function transcriptOf(model: SlackModel, channelName: string): string {
  const channel = channelNamed(model.workspace, channelName);
  const nameOf = (id: string) =>
    model.workspace.users.get(id)?.name ?? (id === model.workspace.bot.userId ? 'mesosbot' : id);
  // A card is shown as it stands at the end: without this, it would seem to have known that from the start.
  const edits = (ts: string) =>
    model.calls.filter(
      ({ method, args, outcome }) => method === 'chat.update' && args['ts'] === ts && outcome === 'ok',
    ).length;
  const lines: { at: string; text: string }[] = [];
  for (const root of model.messages.inChannel(channel.id).filter((message) => message.threadTs === null)) {
    const thread = model.messages.replies(channel.id, root.ts).filter((reply) => reply.ts !== root.ts);
    lines.push({
      at: root.ts,
      text: [say(root, ''), ...thread.map((reply) => say(reply, '    │ '))].join('\n'),
    });
  }
  for (const user of model.workspace.users.values())
    for (const told of model.messages.ephemerals(channel.id, user.id))
      lines.push({
        at: told.ts,
        text: `${clock(told.ts)} mesosbot, to ${user.name} only\n${indent(told.text, '    ')}`,
      });
  for (const { channel: where, user, did, issuedAt } of model.responseUrls.issued())
    if (where === channel.id)
      lines.push({
        at: (issuedAt / 1000).toFixed(6),
        text: `${clock(String(issuedAt / 1000))} ${nameOf(user)} ${'typed' in did ? 'types' : 'clicks'}, unseen by the others\n    ${'typed' in did ? did.typed : `[${did.clicked}]`}`,
      });
  const title = `── #${channel.name} ${'─'.repeat(60)}`;
  return [title, ...lines.sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ text }) => text), ''].join('\n\n');

  /** Slack's references as what a reader sees, its escapes undone. */
  function plain(text: string): string {
    return text
      .replace(/<@(\w+)>/g, (_, id: string) => `@${nameOf(id)}`)
      .replace(/<[!#h][^|>]*\|([^>]*)>/g, '$1')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&amp;/g, '&');
  }

  function indent(text: string, margin: string): string {
    return plain(text)
      .split('\n')
      .map((line) => `${margin}${line}`)
      .join('\n');
  }

  function say(message: Message, margin: string): string {
    const also = message.isBroadcast ? ' (also in the channel)' : '';
    const files = message.files.map(({ name, title, text }) => `[${title}: ${name}]\n${text}`);
    const edited = edits(message.ts) > 0 ? ` (edited ${edits(message.ts)} times, as it stands now)` : '';
    return `${margin}${clock(message.ts)} ${nameOf(message.user)}${also}${edited}\n${[message.text, ...files]
      .filter((part) => part !== '')
      .map((part) => indent(part, `${margin}    `))
      .join('\n')}`;
  }
}

function clock(ts: string): string {
  return new Date(Number(ts) * 1000).toISOString().slice(11, 19);
}
