import type { Derived } from '../../../../src/domain/audit/export/document.ts';
import { ecsDerived } from '../../../../src/domain/audit/export/ecs.ts';
import { eventKinds, outcomes } from '../../../../src/domain/audit/export/events.ts';
import { fields, type Place } from '../../../../src/domain/audit/export/fields.ts';
import { ocsfDerived } from '../../../../src/domain/audit/export/ocsf.ts';

/** The tables of docs/audit-export.md, by the name that their place there has. */
export const tables: Readonly<Record<string, string>> = {
  fields: table(
    ['Entry', 'CSV', 'ECS', 'OCSF'],
    fields.map(({ of, csv, ecs, ocsf }) => [
      code(of),
      csv === null ? '–' : code(csv),
      place(ecs),
      place(ocsf),
    ]),
  ),
  ecs: derivedTable(ecsDerived),
  ocsf: derivedTable(ocsfDerived),
  events: table(
    ['Event', 'ECS category, type', 'OCSF activity, severity', 'Outcome'],
    Object.entries(eventKinds).map(([event, { ecs, ocsf, outcome, severity }]) => [
      code(event),
      ecs === null ? '–' : `${code(ecs[0])}, ${code(ecs[1])}`,
      `${ocsf === 'call' ? 'by the call' : ocsf}, ${severity}`,
      outcome ?? '–',
    ]),
  ),
  outcomes: table(
    ['Counts as', '`outcome` of an end'],
    ['success', 'failure', 'unknown'].map((counts) => [
      counts,
      Object.entries(outcomes)
        .filter(([, outcome]) => outcome === counts)
        .map(([end]) => code(end))
        .join(', '),
    ]),
  ),
};

/** The page with each table as it is now. */
export function withTables(page: string): string {
  return page.replace(
    /<!-- (\w+) -->[\s\S]*?<!-- \/\1 -->/g,
    (_, name: string) => `<!-- ${name} -->\n\n${tables[name] ?? ''}\n\n<!-- /${name} -->`,
  );
}

function derivedTable(derived: readonly Derived[]): string {
  return table(
    ['Attribute', 'Value'],
    derived.map(({ at, says }) => [code(at), says]),
  );
}

function place(of: Place): string {
  return typeof of === 'string' ? code(of) : `${code(of[0])}, as ${of[1]}`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
