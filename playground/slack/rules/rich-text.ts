import {
  type Check,
  type Fields,
  flag,
  list,
  number,
  object,
  oneOf,
  optional,
  required,
  text,
  typed,
  url,
} from './checks.ts';

const style = optional(
  object({
    bold: optional(flag),
    italic: optional(flag),
    strike: optional(flag),
    code: optional(flag),
    underline: optional(flag),
  }),
);

const inline: Record<string, Fields> = {
  text: { text: required(text(1, 40_000)), style },
  link: { url: required(url), text: optional(text(1, 3000)), unsafe: optional(flag), style },
  emoji: { name: required(text(1, 255)), unicode: optional(text(1, 255)), style },
  user: { user_id: required(text(1, 255)), style },
  usergroup: { usergroup_id: required(text(1, 255)), style },
  channel: { channel_id: required(text(1, 255)), style },
  date: {
    timestamp: required(number),
    format: required(text(1, 255)),
    url: optional(url),
    fallback: optional(text(1, 3000)),
    style,
  },
};

const inlines = { elements: required(list(0, 1000, typed(inline))) };
const section: Fields = inlines;

/** The parts of a rich_text block (Slack: rich text block). */
export const richTextPart: Check = typed({
  rich_text_section: section,
  rich_text_preformatted: { ...inlines, border: optional(number), language: optional(text(1, 255)) },
  rich_text_quote: { ...inlines, border: optional(number) },
  rich_text_list: {
    elements: required(list(1, 1000, typed({ rich_text_section: section }))),
    style: required(oneOf('bullet', 'ordered')),
    indent: optional(number),
    offset: optional(number),
    border: optional(number),
  },
});
