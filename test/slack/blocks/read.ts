import type { Notice } from '../../../src/domain/notice.ts';
import { render } from '../../../src/slack/blocks/render.ts';

/** A notice's text, with times as a reader in UTC sees them. */
export function read(notice: Notice): string {
  return render(notice).text.replace(/<!date\^\d+\^[^|>]*\|([^>]*)>/g, '$1');
}
