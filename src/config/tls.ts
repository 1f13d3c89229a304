import { createPrivateKey, X509Certificate } from 'node:crypto';
import { type ClusterSource, object, type Side, type TlsSource } from './cluster-source.ts';
import type { Findings } from './findings.ts';
import type { Tls } from './shape.ts';

/** Reads the files that the configuration names. Throws where one can't be read. */
export interface Files {
  read(path: string): string;
  /** Its permissions, as chmod writes them. */
  mode(path: string): number;
}

/** Neither an authority of one's own nor a client certificate. */
export const noTls: Tls = { ca: null, clientCert: null, clientKey: null };

/** The PEM files that one side names, checked as far as that goes without a connection. */
export function tlsOf(source: ClusterSource, side: Side, files: Files, found: Findings): Tls {
  const { called } = source;
  const named = side === 'masters' ? source.tls : source.agents.tls;
  const read = (part: keyof TlsSource, looks: RegExp) =>
    pem(named[part], looks, files, (what) => object(source, `${side}.${part}`, what, found));
  const certificate = /-----BEGIN CERTIFICATE-----/;
  const ca = read('ca', certificate);
  const clientCert = read('clientCert', certificate);
  const clientKey = read('clientKey', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/);
  const certGiven = named.clientCert !== null;
  const keyGiven = named.clientKey !== null;
  if (certGiven !== keyGiven)
    object(
      source,
      `${side}.${certGiven ? 'clientKey' : 'clientCert'}`,
      'is missing: a client certificate needs both files',
      found,
    );
  if (ca !== null && !isSound(() => new X509Certificate(ca)))
    object(source, `${side}.ca`, 'holds a broken certificate', found);
  if (
    clientCert !== null &&
    clientKey !== null &&
    !isSound(() => new X509Certificate(clientCert).checkPrivateKey(createPrivateKey(clientKey)))
  )
    object(
      source,
      `${side}.clientCert`,
      `and ${called(`${side}.clientKey`)} do not belong together or are broken`,
      found,
    );
  return ca === null && clientCert === null && clientKey === null ? noTls : { ca, clientCert, clientKey };
}

/** Whether a check passes: neither throws (broken PEM) nor answers false (the key of another certificate). */
function isSound(check: () => unknown): boolean {
  try {
    return check() !== false;
  } catch {
    return false;
  }
}

function pem(path: string | null, looks: RegExp, files: Files, wrong: (what: string) => void): string | null {
  if (path === null) return null;
  let text: string;
  try {
    text = files.read(path);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown error';
    wrong(`${JSON.stringify(path)} can't be read (${code})`);
    return null;
  }
  const encrypted = /-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(text);
  if (looks.test(text) && !encrypted) return text;
  wrong(
    `${JSON.stringify(path)} is ${
      encrypted ? 'encrypted: the bot has nobody to ask for its passphrase' : 'not PEM text of the right kind'
    }`,
  );
  return null;
}
