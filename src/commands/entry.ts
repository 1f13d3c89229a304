import type { Risk, Verb } from '../domain/command.ts';

/** What an argument or a flag takes. `text` is the only one that unquoted words can make up. */
export type ValueKind =
  | 'agent'
  /** The same, or a selector like `rack=r12`. */
  | 'target'
  | 'selector'
  | 'drain'
  /** A drain, an approval or a plan. */
  | 'work'
  | 'plan'
  /** The same, or the word `anchor`. */
  | 'audit-topic'
  | 'work-or-agent'
  | 'verb'
  /** A command, or the first word of several. */
  | 'topic'
  /** A moment that lies ahead, or now. */
  | 'hour'
  | 'hostname'
  | 'ip'
  | 'duration'
  | 'text'
  | 'state'
  | 'glob'
  | 'person'
  | 'when'
  /** The same as an end: a day is meant up to its last moment, and may be today. */
  | 'until'
  | 'entry'
  | 'export-format'
  /** A number of agents. */
  | 'agents-at-once'
  /** An attribute and such a number: `rack 1`. */
  | 'per'
  | 'afterwards'
  | 'cluster';

/** A word by its place, like TARGET. */
export interface Argument {
  name: string;
  takes: ValueKind;
  required: boolean;
  /** One word or more. */
  several?: true;
  /** The flag that may be there in its place. */
  orFlag?: string;
  /** A word of the language that may stand before it, like `who` of `who TARGET`, and what it then takes. */
  lead?: { word: string; name: string; takes: ValueKind };
}

/** A word by its name, like `--reason TEXT`. `takes` null: it stands alone. `only`: makes sense beside this flag only. */
export interface Flag {
  name: string;
  aliases: readonly string[];
  takes: { kind: ValueKind; shown: string } | null;
  required: boolean;
  only: string | null;
  /** It may be given more than once. */
  several?: true;
  help: string;
}

/** One command: all that the parser, the help, README and the risk's wording know of it. */
export interface Entry {
  verb: Verb;
  aliases: readonly string[];
  argument: Argument | null;
  flags: readonly Flag[];
  /** `when`: a flag, with its value where that decides. The first that was given decides; the last row, without a flag, is for the rest. */
  risk: readonly { when: string | null; risk: Risk }[];
  summary: string;
  details: readonly string[];
  /** Without `/mesos`. Parses to this very verb. */
  example: string;
}
