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

/** The formats' names, in the order in which help shows them. */
export const exportFormatNames = Object.keys(exportFormats) as ExportFormat[];
