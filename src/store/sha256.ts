import { createHash } from 'node:crypto';
import type { Sha256 } from '../domain/audit.ts';

/** Hex sha256 of the UTF-8 bytes of `text`. */
export const sha256: Sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');
