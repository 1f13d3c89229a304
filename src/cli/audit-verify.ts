import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type KeptAnchor, readAnchor, readAnchorLines } from '../domain/audit/kept-anchors.ts';
import { publicKeyIn, publicKeys } from '../signing.ts';
import { openAuditFile } from '../store/audit-file.ts';
import { digestOf } from '../store/on-disk.ts';
import type { Given, Subcommand } from './audit-subcommand.ts';
import { errorCode } from './error-code.ts';
import { type Evidence, type LogFile, type VerifyPorts, verifyLogs } from './verify-log.ts';

/** `verify`: whether the log is whole. */
export const verifyCommand: Subcommand = {
  usage: '[FILE]… [--anchor ANCHOR]… [--anchors FILE]… [--public-key FILE]…',
  help: [
    'follows the chain of hashes and names the first bad entry. Of a log that was archived: all files, the oldest first.',
    '--anchor      a head that was printed or posted earlier, [DATABASE/]SEQ:HASH[:SIGNATURE]: finds a cut-off end and a',
    '              rebuilt chain; may be given several times',
    '--anchors     a file with one of these a line, as Slack shows them',
    '--public-key  the .pub file of the key that the bot signs heads with: all signed heads are checked',
  ],
  options: { anchor: 'texts', anchors: 'texts', 'public-key': 'texts' },
  files: 100,
  prepare(given, { defaultFile, sha256, print, progress }) {
    const read = readEvidence(given);
    if ('objections' in read) return read;
    return {
      run: () =>
        verifyFiles(given.files.length === 0 ? [defaultFile] : given.files, read.evidence, {
          sha256,
          print,
          progress,
        }),
    };
  },
};

async function verifyFiles(paths: string[], evidence: Evidence, ports: VerifyPorts): Promise<boolean> {
  const opened: LogFile[] = [];
  const closing: (() => Promise<void>)[] = [];
  try {
    for (const path of paths) {
      const file = await openAuditFile(path);
      closing.push(file.close);
      opened.push({ name: path, file, digest: async () => (await digestOf(path)).sha256 });
    }
    return await verifyLogs(opened, evidence, ports);
  } finally {
    for (const close of closing) await close();
  }
}

/** What the options --anchor, --anchors and --public-key bring, or all that is wrong with it. */
export function readEvidence(given: Given): { evidence: Evidence } | { objections: string[] } {
  const objections: string[] = [];
  const anchors: KeptAnchor[] = [];
  for (const text of given.texts('anchor')) {
    const anchor = readAnchor(text);
    if (anchor === null)
      objections.push(
        `--anchor ${text}: it is [DATABASE/]SEQ:HASH[:SIGNATURE], as Slack and verify show them.`,
      );
    else anchors.push(anchor);
  }
  for (const path of given.texts('anchors')) {
    const text = textOf('anchors', path, objections);
    if (text === null) continue;
    const { anchors: found, bad } = readAnchorLines(text);
    anchors.push(...found);
    if (bad.length > 0)
      objections.push(
        `--anchors ${path}: no anchor in line ${bad.slice(0, 10).join(', ')}${bad.length > 10 ? ', …' : ''}.`,
      );
    else if (found.length === 0) objections.push(`--anchors ${path}: it holds none.`);
  }
  const keys: KeyObject[] = [];
  for (const path of given.texts('public-key')) {
    const text = textOf('public-key', path, objections);
    const key = text === null ? null : publicKeyIn(text);
    if (key !== null) keys.push(key);
    else if (text !== null) objections.push(`--public-key ${path}: it holds no Ed25519 public key in PEM.`);
  }
  if (objections.length > 0) return { objections };
  return { evidence: { anchors, keys: keys.length === 0 ? null : publicKeys(keys) } };
}

function textOf(option: string, path: string, objections: string[]): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    objections.push(`--${option} ${path}: it can't be read (${errorCode(thrown)}).`);
    return null;
  }
}
