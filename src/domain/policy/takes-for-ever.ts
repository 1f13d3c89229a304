/** The most parts of a pattern that may repeat: each multiplies the steps by the length of a reason, which may be 500. */
export const mostRepeats = 3;

/** Whether a text could keep a regular expression busy for longer than a bot may stand still: a part that repeats inside of
 * one that repeats, or has alternatives there, or too many of them. Says so of some that are harmless, too. The source is
 * taken to be one that `new RegExp` takes. */
export function mayTakeForEver(source: string): boolean {
  const open: { varies: boolean }[] = [{ varies: false }];
  let repeats = 0;
  for (let at = 0; at < source.length; at += 1) {
    const top = open.at(-1);
    if (top === undefined) return true;
    const char = source[at];
    if (char === '\\') at += 1;
    else if (char === '[') at = endOfClass(source, at);
    else if (char === '(') open.push({ varies: false });
    else if (char === '|') top.varies = true;
    else if (char === ')') {
      const repeated = /^(?:[*+]|\{\d+,?\d*\})/.test(source.slice(at + 1));
      if (repeated && top.varies) return true;
      open.pop();
      const around = open.at(-1);
      if (around !== undefined && top.varies) around.varies = true;
    } else if (char === '*' || char === '+' || (char === '{' && /^\{\d+,/.test(source.slice(at)))) {
      top.varies = true;
      repeats += 1;
    } else if (char === '?' && at > 0 && !'*+?}('.includes(source[at - 1] ?? '')) top.varies = true;
  }
  return repeats > mostRepeats;
}

function endOfClass(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === ']') return at;
  }
  return source.length;
}
