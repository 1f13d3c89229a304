import { csvHead, csvLine } from './csv.ts';
import { ecsDocument } from './ecs.ts';
import type { LoggedEntry } from './fields.ts';
import { ocsfDocument } from './ocsf.ts';

/** How a log is written for others. All is text: a head, then a line for each entry, with their ends. */
export interface Format {
  head: string;
  line(logged: LoggedEntry): string;
}

function json(document: object): string {
  return `${JSON.stringify(document)}\n`;
}

/** Every format by its name, which is also what the name of its file ends with. */
export const exportFormats = {
  csv: { head: csvHead, line: csvLine },
  /** The entry is verbatim, so that whoever has the file can follow the chain. */
  jsonl: { head: '', line: ({ row }) => `{"hash":"${row.hash}","entry":${row.text}}\n` },
  ecs: { head: '', line: (logged) => json(ecsDocument(logged)) },
  ocsf: { head: '', line: (logged) => json(ocsfDocument(logged)) },
} as const satisfies Record<string, Format>;

export type ExportFormat = keyof typeof exportFormats;

/** What people get as a file in Slack: formats that a person opens. */
export const sharedFormats = ['csv', 'jsonl'] as const satisfies ExportFormat[];
export type SharedFormat = (typeof sharedFormats)[number];

/** The most that such a file holds: more is work for the command line. */
export const sharedLimits = { entries: 50_000, bytes: 20_000_000 } as const;

/** The formats' names, in the order in which help shows them. */
export const exportFormatNames = Object.keys(exportFormats) as ExportFormat[];
