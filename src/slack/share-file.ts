import type { WebClient } from '@slack/web-api';
import type { Delivery, PostTo } from '../app/ports.ts';
import type { NoticeId } from '../domain/ids.ts';
import { retryAfterMs } from './answer-url.ts';
import { headline } from './blocks/text/clean.ts';
import { deliveryOf, type Failure, failureOf, nothingShown } from './failure.ts';
import { fileMark } from './metadata.ts';
import { isSlacks } from './slacks-address.ts';
import { requestDeadlineMs } from './web-client.ts';

/** What is shared as a file, never empty. `snippet`: shown in the message. `comment`: what that says. */
export interface SharedFile {
  title: string;
  fileName: string;
  as: 'snippet' | 'file';
  bytes: Uint8Array<ArrayBuffer>;
  comment: string | null;
}

/** Slack: a snippet is refused from 1 MB. */
const bytesLimit = 900_000;
const titleLimit = 200;
/** A line that brings less is taken for a broken one. */
const slowestBytesPerMs = 250;

/** Shares a file in three steps (Slack: files.getUploadURLExternal): ask for an address, send the bytes there,
 * and say where to show it. Only the last shows anything, so that only its outcome can be in doubt. Slack does not say
 * which message it made of it. */
export async function shareFile(
  client: WebClient,
  apiUrl: string | null,
  to: PostTo,
  file: SharedFile,
  ids: NoticeId[],
): Promise<Delivery> {
  const { bytes } = file;
  let id: string;
  try {
    const place = await client.files.getUploadURLExternal({
      filename: nameOf(file.fileName, ids),
      length: bytes.byteLength,
      ...(file.as === 'snippet' ? { snippet_type: 'text' } : {}),
    });
    if (place.upload_url === undefined || place.file_id === undefined || !isSlacks(place.upload_url, apiUrl))
      return { kind: 'refused', code: 'foreign_upload_url' };
    const failure = await upload(place.upload_url, bytes);
    if (failure !== null) return nothingShown(failure);
    id = place.file_id;
  } catch (error) {
    return nothingShown(failureOf(error));
  }
  try {
    await client.files.completeUploadExternal({
      files: [{ id, title: headline(file.title, titleLimit) }],
      channel_id: to.channel,
      ...(to.threadTs === null ? {} : { thread_ts: to.threadTs }),
      ...(file.comment === null ? {} : { initial_comment: file.comment }),
    });
    return { kind: 'sent', ts: null };
  } catch (error) {
    return deliveryOf(failureOf(error));
  }
}

async function upload(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<Failure | null> {
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
    signal: AbortSignal.timeout(requestDeadlineMs + Math.ceil(bytes.byteLength / slowestBytesPerMs)),
  });
  await response.arrayBuffer();
  if (response.ok) return null;
  if (response.status === 429) return { kind: 'limited', retryAfterMs: retryAfterMs(response) };
  const why = `upload_http_${response.status}`;
  return response.status >= 500 ? { kind: 'doubtful', why } : { kind: 'refused', code: why };
}

/** A text as a snippet: UTF-8 within Slack's limit, never empty, cut at the end of a line. */
export function snippetBytes(text: string): Uint8Array<ArrayBuffer> {
  const whole = new TextEncoder().encode(text === '' ? '(empty)' : text.toWellFormed());
  if (whole.byteLength <= bytesLimit) return whole;
  const end = whole.lastIndexOf(10, bytesLimit);
  const kept = new TextDecoder().decode(whole.subarray(0, end > 0 ? end : bytesLimit));
  return new TextEncoder().encode(`${kept}\n… (cut: too long for a snippet)\n`);
}

/** `drain.txt` with the notice's id before its ending, in characters that are the same everywhere. */
function nameOf(fileName: string, [id]: NoticeId[]): string {
  const clean = fileName.replaceAll(/[^\w.-]+/g, '-').slice(0, 80);
  const [, stem = 'text', ending = 'txt'] = /^(.+)\.(\w+)$/.exec(clean) ?? [null, clean];
  return id === undefined ? `${stem}.${ending}` : `${stem}${fileMark(id)}${ending}`;
}
