/** What came of asking a gate: a URL of the policy, behind which somebody else says whether the next wave may begin. */
export type GateAnswer =
  /** `body`: as much of it as was read; `whole`: that was all. */
  | { kind: 'answered'; status: number; body: string; whole: boolean }
  /** No whole answer came. `why` follows "it". */
  | { kind: 'no-answer'; why: string };

export type GateVerdict = { open: true } | { open: false; why: string };

/** Open only by a 2xx whose JSON says `"ok": true`, whatever else it says. `why` follows "the gate", is plain text, and has
 * words from outside. */
export function judgeGate(answer: GateAnswer): GateVerdict {
  if (answer.kind === 'no-answer') return closed(onOneLine(answer.why));
  const { status, body, whole } = answer;
  if (status >= 300 && status < 400)
    return closed(
      `answers ${status}, a redirect, which is not followed: it must be asked at its own address`,
    );
  if (status < 200 || status >= 400) return closed(`answers ${status}${saying(body)}`);
  if (!whole) return closed('answers more than a gate has to say');
  const said = objectIn(body);
  if (said === null) return closed(`answers ${status}, but no JSON object${saying(body)}`);
  if (said.ok === true) return { open: true };
  if (said.ok === false && typeof said.why === 'string' && said.why.trim() !== '')
    return closed(`says no: ${onOneLine(said.why)}`);
  return closed(`does not say "ok": true${saying(body)}`);
}

function closed(why: string): GateVerdict {
  return { open: false, why };
}

/** The most of an answer that people are shown. */
const shownMost = 200;

function saying(body: string): string {
  const said = onOneLine(body);
  return said === '' ? ', and says nothing' : `: ${said}`;
}

function onOneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const letters = [...line];
  return letters.length > shownMost ? `${letters.slice(0, shownMost).join('')}…` : line;
}

function objectIn(body: string): { ok?: unknown; why?: unknown } | null {
  try {
    const said: unknown = JSON.parse(body);
    return typeof said === 'object' && said !== null && !Array.isArray(said) ? said : null;
  } catch {
    return null;
  }
}
