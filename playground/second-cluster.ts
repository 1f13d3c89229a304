import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SimulatedCluster } from './mesos/start.ts';

/** The name under which the bot knows it; the first is `playground`, or what a story calls it. */
export const secondName = 'west';

/** The setting by which the bot looks after a second cluster too; no channel has it for its own. It is described in a file, in
 * this folder. */
export function withSecond(
  { masterUrls }: Pick<SimulatedCluster, 'masterUrls'>,
  folder: string,
): { CONFIG_FILE: string } {
  const file = join(folder, 'clusters.yaml');
  writeFileSync(file, `clusters:\n  ${secondName}:\n    masters: [${masterUrls.join(', ')}]\n`);
  return { CONFIG_FILE: file };
}
