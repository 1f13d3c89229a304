import { z } from 'zod';
import { parseDuration } from '../../domain/duration.ts';
import {
  afterWindows,
  type ChangeKind,
  changeKinds,
  collisionRules,
  type Entitled,
} from '../../domain/policy.ts';
import { channel, emojiName, entitled, gateUrl } from '../made.ts';
import { one, yesNo } from '../values.ts';
import { minuteOf, momentOf, weekdaysOf, zoneOf } from './times.ts';

/** Text that `make` takes apart. */
function piece<T>(make: (text: string) => T) {
  return z.string({ error: 'must be text (in quotes, where it looks like something else)' }).pipe(one(make));
}

/** One alone needs no brackets. */
function list<T>(of: z.ZodType<T>) {
  return z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(of));
}

function fields<T extends z.ZodRawShape>(shape: T) {
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'invalid_type' ? 'must hold settings of its own' : undefined),
  });
}

function whole(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

function duration(least: number, most: number, words: string) {
  return piece((text) => lengthOf(text, least, most, words));
}

function lengthOf(text: string, least: number, most: number, words: string) {
  const seconds = parseDuration(text);
  if (seconds === null) throw new TypeError('is not a length of time like 30s, 10m or 1h');
  if (seconds < least || seconds > most) throw new TypeError(`must be ${words}`);
  return seconds;
}

const people = list(piece(entitled)).transform(
  (each): Entitled => ({
    users: [...new Set(each.flatMap(({ users }) => users))],
    groups: [...new Set(each.flatMap(({ groups }) => groups))],
  }),
);

const kinds = list(
  piece((text): ChangeKind => {
    const found = changeKinds.find((kind) => kind === text.toLowerCase().replace(/\s+/g, ' '));
    if (found === undefined) throw new TypeError(`is none of ${changeKinds.join(', ')}`);
    return found;
  }),
);

const channels = z.unknown().transform((given, context) => {
  if (given === 'any') return null;
  const read = list(piece(channel)).safeParse(given);
  if (read.success) return read.data;
  for (const { message, path } of read.error.issues)
    context.addIssue({
      code: 'custom',
      message: path.length === 0 ? 'must be a list of channels, or any' : message,
      path,
    });
  return z.NEVER;
});

/** A text that people read: one line, not too long for a message. */
function line(most: number) {
  return z
    .string({ error: 'must be text' })
    .trim()
    .regex(/^[^\p{Cc}]+$/u, 'must be one line of text')
    .max(most, `must have ${most} letters at most`);
}

const rule = z.enum(collisionRules, { error: `must be ${collisionRules.join(', ')}` });

/** The section `policy` of a cluster, as the file has it. What is left out is as the variables say. */
export const policySection = fields({
  operators: people.optional(),
  approvers: people.optional(),
  channels: channels.optional(),
  approvals: fields({
    needed: whole(1, 10).optional(),
    one_of: people.optional(),
    hold: duration(0, 600, 'from 0s to 10m').optional(),
    expiry: duration(1, 86_400, 'from 1s to 24h').optional(),
    emoji: piece(emojiName).optional(),
  }).optional(),
  needs_approval: fields({
    verbs: kinds.optional(),
    agents_over: whole(1, 10_000).optional(),
    grace_under: duration(0, 86_400, 'from 0s to 24h').optional(),
    hours: fields({
      need: z.enum(['inside', 'outside'], { error: 'must be inside or outside' }),
      days: list(piece(weekdaysOf)).transform((days) => [...new Set(days.flat())]),
      from: piece(minuteOf),
      to: piece(minuteOf),
      zone: piece(zoneOf),
    }).optional(),
  }).optional(),
  limits: fields({
    draining_at_once: whole(1, 1_000).optional(),
    per_attribute: z.record(line(128), whole(1, 1_000), { error: 'must name attributes' }).optional(),
    brake_percent: whole(0, 100).optional(),
  }).optional(),
  gate: piece(gateUrl).optional(),
  min_free_percent: whole(0, 99).optional(),
  collisions: fields({ rack: rule.optional(), framework: rule.optional() }).optional(),
  freezes: list(
    fields({
      name: line(80),
      from: piece(momentOf),
      until: piece(momentOf),
      zone: piece(zoneOf),
      freezes: kinds.optional(),
    }),
  ).optional(),
  after_window: z.enum(afterWindows, { error: `must be ${afterWindows.join(' or ')}` }).optional(),
  remind_after: piece((text) =>
    text === 'never' ? null : lengthOf(text, 3_600, 2_592_000, 'from 1h to 30d, or never'),
  ).optional(),
  reason_pattern: fields({ pattern: z.string(), words: line(150), example: line(100) }).optional(),
  name_must_be_typed: z
    .union([z.string(), z.boolean()], 'must be yes or no')
    .transform(String)
    .pipe(yesNo())
    .optional(),
});
export type PolicySection = z.output<typeof policySection>;
