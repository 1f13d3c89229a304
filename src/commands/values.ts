import { type SharedFormat, sharedFormats } from '../domain/audit/export/formats.ts';
import type { AgentStateFilter, Group, RollingMeant, Verb, When } from '../domain/command.ts';
import { agentStates } from '../domain/command.ts';
import type { ApprovalId, DrainId, Instant, PlanId, Seconds, UserId } from '../domain/ids.ts';
import { approvalId, drainId, planId, userId } from '../domain/ids.ts';
import { nearest } from '../domain/nearest.ts';
import type { Selector } from '../domain/targets.ts';
import type { HourMeant } from '../domain/time/hour.ts';
import type { ValueKind } from './entry.ts';
import { grammar, groups } from './grammar.ts';
import { type Objection, objection, quote } from './objection.ts';
import { readAgent, readGlobs, readSelector, readTarget } from './target-values.ts';
import { readDuration, readHour, readUntil, readWhen } from './time-values.ts';
import type { Word } from './tokenize.ts';
import { readAfterwards, readAgentsAtOnce, readPer } from './wave-values.ts';

/** What a word means where a value of its kind was wanted. `set`: a flag that stands alone was given. */
export type Value =
  | { kind: 'set' }
  | { kind: 'agent'; typed: string }
  /** One or more that stand in one word, with commas. */
  | { kind: 'agents'; names: string[] }
  | { kind: 'selector'; selector: Selector }
  | { kind: 'drain'; drain: DrainId }
  | { kind: 'approval'; approval: ApprovalId }
  | { kind: 'plan'; plan: PlanId }
  | { kind: 'anchor' }
  | { kind: 'verb'; verb: Verb }
  | { kind: 'group'; group: Group }
  | { kind: 'hour'; hour: HourMeant }
  | { kind: 'hostname'; hostname: string }
  | { kind: 'ip'; ip: string }
  | { kind: 'duration'; seconds: Seconds }
  | { kind: 'text'; text: string }
  | { kind: 'state'; state: AgentStateFilter }
  | { kind: 'globs'; globs: string[] }
  | { kind: 'person'; user: UserId }
  | { kind: 'when'; when: When }
  | { kind: 'entry'; seq: number }
  | { kind: 'agents-at-once'; agents: number }
  | { kind: 'per'; attribute: string; allowed: number }
  | { kind: 'afterwards'; afterwards: RollingMeant['afterwards'] }
  | { kind: 'export-format'; format: SharedFormat }
  | { kind: 'cluster'; name: string };

/** The most characters that a reason may have. */
export const longestReason = 500;

/** Reads a word as a value. `now` is what a `when` must not be after. */
export function readValue(kind: ValueKind, word: Word, now: Instant): Value | Objection {
  if (word.person !== null && kind !== 'person' && kind !== 'text')
    return objection(`“${word.text}” is a person, and that is not what belongs here`);
  switch (kind) {
    case 'agent':
      return readAgent(word.text);
    case 'target':
      return readTarget(word.text);
    case 'selector':
      return readSelector(word.text);
    case 'drain':
      return readDrain(word.text);
    case 'work':
      return readWork(word.text);
    case 'plan':
      return readPlan(word.text);
    case 'audit-topic':
      return word.text.toLowerCase() === 'anchor' ? { kind: 'anchor' } : readWork(word.text);
    case 'work-or-agent':
      return /^[adp]\d+$/i.test(word.text) ? readWork(word.text) : readAgent(word.text);
    case 'verb':
      return readVerb(word.text);
    case 'topic': {
      const group = groups.find((each) => each === word.text.toLowerCase());
      return group === undefined ? readVerb(word.text) : { kind: 'group', group };
    }
    case 'hour':
      return readHour(word.text);
    case 'hostname':
      return /^[A-Za-z0-9]([\w.-]{0,251}[A-Za-z0-9])?$/.test(word.text)
        ? { kind, hostname: word.text }
        : objection(`${quote(word.text)} is not a hostname`, ['agent9.example']);
    case 'ip':
      return isIpv4(word.text)
        ? { kind, ip: word.text }
        : objection(`${quote(word.text)} is not an IPv4 address`, ['10.0.0.9']);
    case 'duration':
      return readDuration(word.text);
    case 'text':
      return readText(word.text);
    case 'state':
      return readState(word.text);
    case 'glob':
      return readGlobs(word.text);
    case 'person':
      return readPerson(word);
    case 'when':
      return readWhen(word.text, now);
    case 'until':
      return readUntil(word.text);
    case 'entry':
      return readEntry(word.text);
    case 'export-format':
      return readFormat(word.text);
    case 'agents-at-once':
      return readAgentsAtOnce(word.text);
    case 'per':
      return readPer(word.text);
    case 'afterwards':
      return readAfterwards(word.text);
    case 'cluster':
      return /^[\w.-]{1,64}$/.test(word.text)
        ? { kind, name: word.text }
        : objection(`${quote(word.text)} can’t be the name of a cluster`);
  }
}

function readDrain(text: string): Value | Objection {
  const digits = /^d(\d{1,15})$/i.exec(text)?.[1];
  if (digits !== undefined && Number(digits) > 0) return { kind: 'drain', drain: drainId(Number(digits)) };
  if (/^a\d+$/i.test(text)) return objection(`${quote(text)} is an approval: name a drain`, ['d17']);
  const bare = /^#?(\d{1,15})$/.exec(text)?.[1];
  return objection(`${quote(text)} is not a drain`, ['d17'], bare === undefined ? null : `d${Number(bare)}`);
}

function readPlan(text: string): Value | Objection {
  const digits = /^p(\d{1,15})$/i.exec(text)?.[1];
  return digits !== undefined && Number(digits) > 0
    ? { kind: 'plan', plan: planId(Number(digits)) }
    : objection(`${quote(text)} is not a plan`, ['p3']);
}

function readWork(text: string): Value | Objection {
  const plan = readPlan(text);
  if (plan.kind === 'plan') return plan;
  const digits = /^a(\d{1,15})$/i.exec(text)?.[1];
  if (digits !== undefined && Number(digits) > 0)
    return { kind: 'approval', approval: approvalId(Number(digits)) };
  const drain = readDrain(text);
  return drain.kind === 'objection'
    ? objection(
        `${quote(text)} is neither a drain nor an approval nor a plan`,
        ['d17', 'a9', 'p3'],
        drain.nearest,
      )
    : drain;
}

function readVerb(text: string): Value | Objection {
  const entry = entryNamed(text);
  if (entry !== null) return { kind: 'verb', verb: entry.verb };
  const verbs = grammar.map(({ verb }) => verb);
  return objection(`${quote(text)} is not a command`, verbs, nearest(text, verbs)[0] ?? null);
}

/** The command with this name or alias; letter case, `_` and the kind of dash don't matter. */
export function entryNamed(text: string): (typeof grammar)[number] | null {
  const name = text.toLowerCase().replace(/[_\u2010-\u2015\u2212]/g, '-');
  return grammar.find(({ verb, aliases }) => verb === name || aliases.includes(name)) ?? null;
}

function readText(raw: string): Value | Objection {
  const text = raw.trim().replace(/\s+/g, ' ');
  if (text === '') return objection('the text is empty');
  const length = [...text].length;
  if (length > longestReason)
    return objection(`the text has ${length} characters; ${longestReason} is the most`);
  // Bidirectional overrides make a text read as another; half a surrogate pair has no place in the audit log.
  if (/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u.test(text))
    return objection('the text has control characters in it');
  return { kind: 'text', text };
}

function readState(text: string): Value | Objection {
  const state = agentStates.find((one) => one === text.toLowerCase());
  if (state !== undefined) return { kind: 'state', state };
  return objection(
    `${quote(text)} is not a state of an agent`,
    agentStates,
    nearest(text, agentStates)[0] ?? null,
  );
}

function readPerson({ text, person }: Word): Value | Objection {
  const bare = /^@?([UW][A-Z0-9]{6,30})$/.exec(text)?.[1];
  const user = person ?? (bare === undefined ? null : userId(bare));
  if (user !== null) return { kind: 'person', user };
  return objection(`${quote(text)} is not a mention: type @ and pick the person from Slack’s list`, [
    '@user',
  ]);
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function readEntry(text: string): Value | Objection {
  const digits = /^#?(\d{1,15})$/.exec(text)?.[1];
  return digits !== undefined && Number(digits) > 0
    ? { kind: 'entry', seq: Number(digits) }
    : objection(`${quote(text)} is not the number of an entry`, ['1234']);
}

function readFormat(text: string): Value | Objection {
  const format = sharedFormats.find((one) => one === text.toLowerCase());
  return format === undefined
    ? objection(
        `${quote(text)} is not a format that goes as a file`,
        sharedFormats,
        nearest(text, sharedFormats)[0] ?? null,
      )
    : { kind: 'export-format', format };
}
