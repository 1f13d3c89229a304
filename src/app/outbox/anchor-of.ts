import { type Anchor, signedBy } from '../../domain/anchor.ts';
import type { Signer } from '../../domain/audit/signed-head.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Store } from '../ports.ts';

/** The head of the log that a message takes along: as it is now with what asks for a call, begins a drain or says that an
 * agent is gone; as it was queued with what is sent for the sake of it. Null: none. */
export async function anchorOf(
  store: Pick<Store, 'anchor' | 'thisDatabase'>,
  notice: Notice,
  signer: Signer | null,
): Promise<Anchor | null> {
  if (notice.kind === 'anchor') return notice.anchor;
  if (!carriesHead(notice)) return null;
  // Nobody has accepted this history: put back in its place, the newer file would be taken for the old one by it.
  if ((await store.thisDatabase()).restored !== null) return null;
  const anchor = await store.anchor();
  return anchor === null ? null : signedBy(signer, anchor);
}

function carriesHead(notice: Notice): boolean {
  switch (notice.kind) {
    case 'prompt':
    case 'plan-prompt':
    case 'drain-card':
      return true;
    case 'ended':
      return notice.end.kind === 'gone';
    case 'mark-gone':
      return notice.news.news === 'ended' && notice.news.end.kind === 'gone';
    case 'several':
      return notice.notices.some(carriesHead);
    case 'maybe-repeat':
      return carriesHead(notice.notice);
    default:
      return false;
  }
}
