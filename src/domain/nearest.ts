/** How many letters must be put in, left out or changed to turn one text into the other. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The right words that a wrong one may have meant, best first: a third of the letters of either wrong at most (swapped ones
 * count as two), or a beginning of 2 letters or more. Letter case doesn't count. */
export function nearest(word: string, right: readonly string[]): string[] {
  const typed = word.toLowerCase();
  // Judging costs the product of the lengths: a text of thousands of letters is no misspelt word.
  if (typed.length > 100) return [];
  const allowed = (text: string) => Math.ceil(Math.min(text.length, typed.length) / 3);
  return right
    .map((candidate) => {
      const text = candidate.toLowerCase();
      if (typed.length > 1 && text.startsWith(typed)) return { candidate, distance: 1 };
      if (Math.abs(text.length - typed.length) > allowed(text))
        return { candidate, distance: Number.POSITIVE_INFINITY };
      return { candidate, distance: editDistance(typed, text) };
    })
    .filter(({ candidate, distance }) => distance <= allowed(candidate) && distance < typed.length)
    .sort((a, b) => a.distance - b.distance)
    .map(({ candidate }) => candidate);
}
