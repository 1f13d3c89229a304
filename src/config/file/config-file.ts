import type { Findings } from '../findings.ts';
import type { Files } from '../tls.ts';
import { fileShape } from './cluster-shape.ts';
import { readShape } from './read-shape.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

/** The YAML file that CONFIG_FILE names, as far as it is one. */
export interface ConfigFile {
  file: YamlFile;
  settings: Record<string, unknown>;
  clusters: Record<string, unknown>;
}

/** Null: none is named, or it can't be read, which is told. */
export function readConfigFile(path: string | null, files: Files, found: Findings): ConfigFile | null {
  const before = found.problems.length;
  const file = path === null ? null : fileAt(path, files, found);
  // Whether a cluster is missing, only a file that is right as a whole can tell.
  if (found.problems.length > before) found.broken.add('MESOS_MASTERS');
  return file;
}

function fileAt(path: string, files: Files, found: Findings): ConfigFile | null {
  let text: string;
  try {
    text = files.read(path);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown error';
    found.problems.push(`CONFIG_FILE ${JSON.stringify(path)} can't be read (${code})`);
    return null;
  }
  const read = readYaml(path, text);
  if (!read.ok) {
    found.problems.push(...read.problems);
    return null;
  }
  const { file } = read;
  const said = readShape(fileShape, file.value, { file, path: [], problems: found.problems });
  return { file, settings: said.settings ?? {}, clusters: said.clusters ?? {} };
}
