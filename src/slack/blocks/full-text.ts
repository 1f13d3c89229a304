import type { PlanPrompt } from '../../domain/approval/prompt.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Preview } from '../../domain/preview.ts';
import { fullListText } from './approvals/plan-list.ts';
import { fullPreviewText } from './drains/preview-full.ts';

/** All that a message about this preview, or this list, cut, as a plain text file; null: it cut nothing. */
export function fullText(shown: Preview | PlanPrompt): Extract<Notice, { kind: 'snippet' }> | null {
  return 'covers' in shown ? fullListText(shown) : fullPreviewText(shown);
}
