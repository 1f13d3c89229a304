import type { PlanPrompt } from '../../domain/approval/prompt.ts';
import { type Instant, noticeId } from '../../domain/ids.ts';
import type { Preview } from '../../domain/preview.ts';
import type { NewId, OutboxTo, PreviewFile, Tx } from '../ports.ts';

export interface FileDeps {
  newId: NewId;
  previewFile: PreviewFile;
}

/** Sends what a message about this preview, or this list, cuts after it, as a file. Answers whether there is such a file. */
export async function queuePreviewFile(
  tx: Tx,
  shown: Preview | PlanPrompt,
  to: Extract<OutboxTo, { kind: 'reply' | 'person' }>,
  at: Instant,
  { newId, previewFile }: FileDeps,
): Promise<boolean> {
  const notice = previewFile(shown);
  if (notice === null) return false;
  await tx.queue({ id: noticeId(newId()), to, notice, createdAt: at });
  return true;
}
