import type { UserId } from '../domain/ids.ts';
import { userId } from '../domain/ids.ts';

const escapes = /<([^<>|\s]+)(?:\|([^<>]*))?>|&(amp|lt|gt);/g;
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>' };

/** A text without what Slack made of it (`should_escape` in the manifest): links as they were typed, `@name` and
 * `#name` for mentions, `&`, `<`, `>` themselves. In one pass, so that a typed `&lt;@U1&gt;` stays text. */
export function plain(text: string): string {
  return text.replace(escapes, (_, address?: string, label?: string, entity?: string) => {
    if (entity !== undefined) return entities[entity] ?? '';
    return shown(address ?? '', label === undefined || label === '' ? null : label);
  });
}

/** The person, when the text is a mention and nothing else. */
export function personIn(text: string): UserId | null {
  const id = /^<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>$/.exec(text)?.[1];
  return id === undefined ? null : userId(id);
}

function shown(address: string, label: string | null): string {
  if (/^[@#]/.test(address)) return `${address[0]}${label ?? address.slice(1)}`;
  if (address.startsWith('!')) return label ?? `@${address.slice(1)}`;
  const text = label ?? address.replace(/^(?:mailto|tel):/, '');
  return text.replace(/&(amp|lt|gt);/g, (_, entity: string) => entities[entity] ?? '');
}
