import {
  type Check,
  type Fields,
  flag,
  list,
  object,
  oneOf,
  optional,
  required,
  text,
  typed,
  url,
} from './checks.ts';

/** plain_text or mrkdwn of 1 to `max` characters (Slack: text object). */
export function anyText(max: number): Check {
  return typed({
    plain_text: { text: required(text(1, max)), emoji: optional(flag) },
    mrkdwn: { text: required(text(1, max)), verbatim: optional(flag) },
  });
}

/** plain_text only. */
export function plainText(max: number): Check {
  return typed({ plain_text: { text: required(text(1, max)), emoji: optional(flag) } });
}

const confirmDialog: Check = object({
  title: required(plainText(100)),
  text: required(anyText(300)),
  confirm: required(plainText(30)),
  deny: required(plainText(30)),
  style: optional(oneOf('primary', 'danger')),
});

const option: Check = object({
  text: required(anyText(75)),
  value: required(text(1, 150)),
  description: optional(plainText(75)),
  url: optional(url),
});

const actionId = { action_id: optional(text(1, 255)) };

const interactive: Record<string, Fields> = {
  button: {
    ...actionId,
    text: required(plainText(75)),
    value: optional(text(0, 2000)),
    url: optional(url),
    style: optional(oneOf('primary', 'danger')),
    confirm: optional(confirmDialog),
    accessibility_label: optional(text(1, 75)),
  },
  overflow: { ...actionId, options: required(list(1, 5, option)), confirm: optional(confirmDialog) },
  static_select: {
    ...actionId,
    options: required(list(1, 100, option)),
    initial_option: optional(option),
    placeholder: optional(plainText(150)),
    confirm: optional(confirmDialog),
    focus_on_load: optional(flag),
  },
};

const image: Fields = { image_url: required(url), alt_text: required(text(1, 2000)) };

/** What may stand in an actions block. Slack knows more; those the bot doesn't use count as unsupported here. */
export const actionElement: Check = typed(interactive);
/** What may stand beside a section. */
export const accessory: Check = typed({ ...interactive, image });
/** What may stand in a context block. */
export const contextElement: Check = typed({
  image,
  plain_text: { text: required(text(1, 3000)), emoji: optional(flag) },
  mrkdwn: { text: required(text(1, 3000)), verbatim: optional(flag) },
});
