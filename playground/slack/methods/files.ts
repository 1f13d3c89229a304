import { z } from 'zod';
import { type File, fileJson } from '../workspace/files.ts';
import { readThread, writableChannel } from './chat.ts';
import { type Answer, type Call, type Methods, missing, no } from './method.ts';

const filesWrite = () => 'files:write';

/** Slack: a snippet has less than 1 MB. */
const SNIPPET_LIMIT = 1024 * 1024;

function getUploadUrl(call: Call): Answer {
  const [name, length] = [
    call.args.text('filename'),
    call.args.count('length', 0, 0, Number.MAX_SAFE_INTEGER),
  ];
  if (name === null) return missing('filename');
  if (length === 0) return no('missing_argument');
  const isSnippet = call.args.text('snippet_type') !== null;
  if (isSnippet && length >= SNIPPET_LIMIT) return no('snippet_too_large');
  const { id, ticket } = call.model.files.expect(name, length, isSnippet);
  return { ok: true, upload_url: `${call.baseUrl}/upload/v1/${ticket}`, file_id: id };
}

const listed = z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1);

/** Slack shows the files some time later, and tells no message; here it is at once. */
function complete(call: Call): Answer {
  const given = call.args.raw('files');
  const parsed = listed.safeParse(typeof given === 'string' ? JSON.parse(given) : given);
  if (!parsed.success) return missing('files');
  const place = writableChannel(call, 'channel_id');
  if ('answer' in place) return place.answer;
  const thread = readThread(call, place.channel);
  if ('answer' in thread) return thread.answer;
  const found = parsed.data.map(({ id, title }) => call.model.files.complete(id, title ?? null));
  const files = found.filter((each): each is File => each !== null);
  if (files.length < found.length) return no('file_not_found');
  const { workspace } = call.model;
  call.model.messages.post({
    channel: place.channel.id,
    user: workspace.bot.userId,
    botId: workspace.bot.botId,
    text: call.args.text('initial_comment') ?? '',
    threadTs: thread.threadTs,
    files,
  });
  return { ok: true, files: files.map((each) => fileJson(workspace, each)) };
}

/** files.getUploadURLExternal and .completeUploadExternal. */
export const files: Methods = {
  'files.getUploadURLExternal': { token: 'bot', tier: 'tier4', scope: filesWrite, run: getUploadUrl },
  'files.completeUploadExternal': { token: 'bot', tier: 'tier4', scope: filesWrite, run: complete },
};
