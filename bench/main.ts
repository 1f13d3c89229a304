import { auditLog } from './audit-log.ts';
import { directory } from './directory.ts';
import { outbox } from './outbox.ts';
import { rendering } from './rendering.ts';
import { printRows, type Row } from './row.ts';
import { sweep } from './sweep.ts';

// How speed and memory grow with size: ratios of two sizes measured in one run, since machines differ and are noisy.
const rows: Row[] = [];
for (const measure of [auditLog, sweep, directory, rendering, outbox]) {
  console.error(`measuring: ${measure.name}`);
  rows.push(...(await measure()));
}
printRows(rows);
