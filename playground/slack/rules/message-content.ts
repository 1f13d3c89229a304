import type { Block, Metadata } from '../workspace/messages.ts';
import { isRecord } from './checks.ts';
import { complaintsAboutBlocks } from './validate-blocks.ts';

/** Slack cuts a posted text here and says so with the warning message_truncated (Slack: chat.postMessage). */
export const TEXT_LIMIT = 40_000;
/** chat.update refuses a longer text with msg_too_long instead (Slack: chat.update). */
export const UPDATE_TEXT_LIMIT = 4000;
/** Slack publishes no number; this one is on the small side of what people report. */
const METADATA_LIMIT = 8000;

export type Refused = { error: string; messages?: string[] };

/** Blocks as given to any method that posts, or why Slack refuses them. A missing block_id is filled in, as Slack does. */
export function readBlocks(given: unknown, newId: () => string): { blocks: Block[] | null } | Refused {
  const blocks = parsed(given);
  if (blocks === undefined) return { blocks: null };
  if (!Array.isArray(blocks)) return { error: 'invalid_blocks_format' };
  const messages = complaintsAboutBlocks(blocks);
  if (messages.length > 0) return { error: 'invalid_blocks', messages };
  if (blocks.length === 0) return { blocks: null };
  return {
    blocks: blocks.filter(isRecord).map((each) => ({ ...each, block_id: each['block_id'] ?? newId() })),
  };
}

/** Metadata as given; undefined when there is none. */
export function readMetadata(given: unknown): { metadata: Metadata | undefined } | Refused {
  const value = parsed(given);
  if (value === undefined) return { metadata: undefined };
  if (!isRecord(value)) return { error: 'invalid_metadata_format' };
  const [type, payload] = [value['event_type'], value['event_payload']];
  if (typeof type !== 'string' || type === '' || !isRecord(payload))
    return { error: 'invalid_metadata_schema' };
  if (JSON.stringify(value).length > METADATA_LIMIT) return { error: 'metadata_too_large' };
  return { metadata: { event_type: type, event_payload: payload } };
}

/** Form fields carry JSON as text, JSON bodies carry it as it is; what doesn't parse stays text. */
function parsed(given: unknown): unknown {
  if (given === undefined || given === null || given === '') return undefined;
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}
