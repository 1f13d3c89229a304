/** Stands where a secret stood. */
export const redacted = '[redacted]';

/** Names whose value is secret wherever they turn up: in our own facts, in foreign errors, in headers. */
const secretNames = [
  'token',
  'bot_?token',
  'app_?token',
  'access_?token',
  'verification_?token',
  'authorization',
  'proxy-authorization',
  'password',
  'secret',
  'signing_?secret',
  'client_?key',
  'client_?secret',
  'response_?url',
  'cookie',
  'set-cookie',
].join('|');

// None begins at a word's boundary: in JSON a line break is the letter n, and hides it.
const rules: [what: RegExp, becomes: string][] = [
  // A named value inside JSON, at any depth, whatever it holds (test/logger.test.ts plants them).
  [new RegExp(`("(?:${secretNames})":\\s*)(?:"(?:[^"\\\\]|\\\\.)*"|[\\w.+-]+)`, 'gi'), `$1"${redacted}"`],
  // The same inside a string that holds JSON.
  [new RegExp(`(\\\\"(?:${secretNames})\\\\":\\s*\\\\")(?:[^"\\\\]|\\\\\\\\.)*`, 'gi'), `$1${redacted}`],
  [/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----(?:[\w+/=\s-]|\\[nr])*/g, redacted],
  // Slack's tokens by their look: xoxb-, xoxp-, xoxe.xoxp-, xapp-, xwfp- …
  [/(?:xox[a-z](?:\.xox[a-z])?|xapp|xwfp)-[\w.%-]+/gi, redacted],
  // A capital or a digit tells the credentials from "basic authentication".
  [/([Bb]asic|BASIC|[Bb]earer|BEARER)\s+(?=[\w.~+/=-]*[A-Z0-9])[\w.~+/=-]{6,}/g, `$1 ${redacted}`],
  // DC/OS writes `Authorization: token=…`; Slack's form bodies and links carry `token=` and `ticket=`.
  [/(token|ticket|password|client_secret)=[^\s&"'\\,;]+/gi, `$1=${redacted}`],
  // Whoever holds a response_url can write into the channel for 30 minutes.
  [/https:\/\/hooks\.slack(?:-gov)?\.com\/[^\s"'\\]+/gi, redacted],
  // Credentials inside an address.
  [/([a-z][a-z0-9+.-]{0,15}:\/\/)[^\s/@"'\\]+@/gi, `$1${redacted}@`],
];

/** The text without what looks like a secret, and without `secrets` to the letter, as JSON writes them.
 * JSON that was valid stays valid. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) {
    // Shorter ones would blank half of every line; the rules below have to do for them.
    if (secret.length < 4) continue;
    // As it stands in JSON, and in JSON inside a string of JSON; never raw, which could cut an escape in two.
    const once = JSON.stringify(secret).slice(1, -1);
    clean = clean.replaceAll(JSON.stringify(once).slice(1, -1), redacted).replaceAll(once, redacted);
  }
  for (const [what, becomes] of rules) clean = clean.replace(what, becomes);
  return clean;
}

/** One text, as it stands, without what looks like a secret and without `secrets` to the letter. */
export function redactText(text: string, secrets: readonly string[] = []): string {
  const written = JSON.stringify(text);
  const clean = redact(written, secrets);
  return clean === written ? text : JSON.parse(clean);
}
