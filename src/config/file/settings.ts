import { editDistance, nearest } from '../../domain/nearest.ts';
import type { Env } from '../environment.ts';
import type { Findings } from '../findings.ts';
import { type VariableName, variables } from '../variables.ts';
import type { YamlFile } from './yaml-file.ts';

/** These hold secrets, which have no place in a file that is copied and shown. */
const secrets: readonly string[] = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'];

/** The variables that the file sets by their names, as text; and where each of them stands. What may not be set there is told,
 * and left out. */
export function settingsInFile(
  settings: Record<string, unknown>,
  file: YamlFile,
  found: Findings,
): { env: Env; place: Map<VariableName, string> } {
  const env: Env = {};
  const place = new Map<VariableName, string>();
  for (const [name, value] of Object.entries(settings)) {
    const path = ['settings', name];
    const wrong =
      objectionTo(name) ?? (textOf(value) === null ? 'must be one value, or a list of them' : null);
    if (wrong !== null) {
      found.problems.push(`${file.place(path)} ${wrong}`);
      continue;
    }
    env[name] = textOf(value) ?? '';
    place.set(name as VariableName, file.line(path));
  }
  return { env, place };
}

function objectionTo(name: string): string | null {
  if (!Object.hasOwn(variables, name)) {
    const [meant] = nearest(name, Object.keys(variables)).filter((right) => editDistance(name, right) <= 3);
    return `is not a variable of this bot${meant === undefined ? '' : `; meant ${meant}?`}`;
  }
  if (secrets.includes(name)) return 'is a secret: set it in the environment or in .env';
  if (name.startsWith('MESOS_')) return 'is about a cluster: say it under clusters, in their words';
  if (name === 'DATABASE_PATH')
    return 'is looked up by the command line too: set it in the environment or in .env';
  return name === 'CONFIG_FILE' ? 'is how this file was found: set it in the environment or in .env' : null;
}

/** As one would write it in `.env`; null: that can't be done. */
function textOf(value: unknown): string | null {
  if (Array.isArray(value)) {
    const parts = value.map(textOf);
    return parts.every((part) => part !== null) ? parts.join(',') : null;
  }
  if (value === null) return '';
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : null;
}
