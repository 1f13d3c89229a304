/** One measured pair. `unit` is of `small` and `large`; `expected` says which ratio is right, and why. */
export interface Row {
  what: string;
  small: number;
  large: number;
  unit: 'ms' | 'µs' | 'MB' | '/s';
  expected: string;
}

/** The rows as an aligned table, and below it what to expect of each. */
export function printRows(rows: Row[]): void {
  const head = ['', 'what', 'small', 'large', 'ratio'];
  const cells = rows.map(({ what, small, large, unit }, at) => [
    String(at + 1),
    what,
    shown(small, unit),
    shown(large, unit),
    (large / small).toFixed(2),
  ]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...cells].map((row) => row[column]?.length ?? 0)),
  );
  for (const row of [head, ...cells]) {
    const padded = row.map((cell, column) =>
      column === 1 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    console.log(padded.join('  '));
  }
  console.log('\nWhat to expect of the ratio (large / small):');
  for (const [at, { expected }] of rows.entries())
    console.log(`${String(at + 1).padStart(widths[0] ?? 0)}  ${expected}`);
}

function shown(value: number, unit: Row['unit']): string {
  return `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ${unit}`;
}
