import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Findings } from './findings.ts';
import type { Tls } from './shape.ts';
import type { Side, Values, VariableName } from './variables.ts';

/** Reads the files that variables name. Throws where one can't be read. */
export interface Files {
  read(path: string): string;
  /** Its permissions, as chmod writes them. */
  mode(path: string): number;
}

/** Neither an authority of one's own nor a client certificate. */
export const noTls: Tls = { ca: null, clientCert: null, clientKey: null };

/** The PEM files that the variables of one side name, checked as far as that goes without a connection. */
export function tlsOf(side: Side, values: Values, files: Files, found: Findings): Tls {
  const certificate = /-----BEGIN CERTIFICATE-----/;
  const ca = pem(`${side}_CA_FILE`, certificate, values, files, found);
  const clientCert = pem(`${side}_CLIENT_CERT_FILE`, certificate, values, files, found);
  const key = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/;
  const clientKey = pem(`${side}_CLIENT_KEY_FILE`, key, values, files, found);
  const certGiven = values[`${side}_CLIENT_CERT_FILE`] !== null;
  const keyGiven = values[`${side}_CLIENT_KEY_FILE`] !== null;
  if (certGiven !== keyGiven)
    found.problems.push(
      `${side}_CLIENT_${certGiven ? 'KEY' : 'CERT'}_FILE is missing: a client certificate needs both files`,
    );
  if (ca !== null && !isSound(() => new X509Certificate(ca)))
    found.problems.push(`${side}_CA_FILE holds a broken certificate`);
  if (
    clientCert !== null &&
    clientKey !== null &&
    !isSound(() => new X509Certificate(clientCert).checkPrivateKey(createPrivateKey(clientKey)))
  )
    found.problems.push(
      `${side}_CLIENT_CERT_FILE and ${side}_CLIENT_KEY_FILE do not belong together or are broken`,
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

type PemVariable = Extract<VariableName, `${Side}_${'CA' | 'CLIENT_CERT' | 'CLIENT_KEY'}_FILE`>;

function pem(name: PemVariable, looks: RegExp, values: Values, files: Files, found: Findings): string | null {
  const path = values[name];
  if (path === null) return null;
  let text: string;
  try {
    text = files.read(path);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown error';
    found.problems.push(`${name} ${JSON.stringify(path)} can't be read (${code})`);
    return null;
  }
  const encrypted = /-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(text);
  if (looks.test(text) && !encrypted) return text;
  found.problems.push(
    `${name} ${JSON.stringify(path)} is ${
      encrypted ? 'encrypted: the bot has nobody to ask for its passphrase' : 'not PEM text of the right kind'
    }`,
  );
  return null;
}
