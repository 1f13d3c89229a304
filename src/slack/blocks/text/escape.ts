import { inert, raw } from './clean.ts';

/** How many characters of a foreign name are worth a line on a phone. */
export const nameLimit = 120;

/** Foreign text as mrkdwn prose: cleaned, cut to `max` characters, nothing in it can link, mention or ping.
 * Source: Slack, formatting text: `&`, `<` and `>` are the only characters with a power over mrkdwn's tokens. */
export function plain(text: string, max = nameLimit): string {
  return inert(entities(raw(text, max)));
}

/** Foreign text that a stop follows: without its own. */
export function clause(text: string, max = nameLimit): string {
  return plain(text, max).replace(/[.\s]+$/, '');
}

/** Foreign text as a code span, in which Slack renders no formatting and no emoji. */
export function code(text: string, max = nameLimit): string {
  return `\`${preformatted(text, max)}\``;
}

/** Foreign text for the inside of a code span or block, without a way out of it. */
export function preformatted(text: string, max = nameLimit): string {
  return inert(entities(raw(text, max).replaceAll('`', "'")));
}

/** Foreign text in bold. Stars and line breaks would end it early. */
export function bold(text: string, max = nameLimit): string {
  return `*${inert(entities(raw(text, max).replaceAll('*', '·')))}*`;
}

/** A link; only its label where `url` is not plainly one. */
export function link(url: string | null, label: string): string {
  return url !== null && /^https?:\/\/[^\s<>|`]{1,2000}$/.test(url)
    ? `<${url.replaceAll('&', '&amp;')}|${label}>`
    : label;
}

/** A mention, which notifies; the bare text where `user` is no user id. */
export function mention(user: string): string {
  return /^[UW][A-Z0-9]{1,30}$/.test(user) ? `<@${user}>` : plain(user);
}

/** The same of whoever asked, behind a sentence; of one of many, whose end is told once, nobody. */
export function mentionAsker({ requester, inPlan }: { requester: string; inPlan?: true }): string {
  return inPlan === true ? '' : ` ${mention(requester)}`;
}

/** A channel, by its id. */
export function channelRef(channel: string): string {
  return /^[CG][A-Z0-9]{1,30}$/.test(channel) ? `<#${channel}>` : plain(channel);
}

/** Words of our own that may hold `&`, `<` or `>`; their back-ticks and the like stay. */
export function ours(text: string): string {
  return entities(text);
}

/** `&`, `<` and `>` as Slack writes them. */
export function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
