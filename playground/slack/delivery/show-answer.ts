import type { SlackModel } from '../model.ts';
import { isRecord } from '../rules/checks.ts';
import { readBlocks } from '../rules/message-content.ts';
import type { ResponseTicket } from './response-urls.ts';

/** Shows what the app answered to a slash command, by acknowledgement or response_url: to the person alone, or to the
 * channel. Works where the bot isn't a member. Returns Slack's error code for what it doesn't take, else null. */
export function showAnswer(model: SlackModel, ticket: ResponseTicket, answer: unknown): string | null {
  const body = typeof answer === 'string' ? { text: answer } : answer;
  if (!isRecord(body)) return 'invalid_payload';
  const text = typeof body['text'] === 'string' ? body['text'] : '';
  const read = readBlocks(body['blocks'], model.newId);
  if ('error' in read) return read.error;
  if (text === '' && read.blocks === null) return 'no_text';
  const { bot } = model.workspace;
  const edit = { text, blocks: read.blocks };
  if (body['replace_original'] === true && ticket.last !== null) {
    if (ticket.last.kind === 'message') model.messages.edit(ticket.last.message, edit);
    else model.messages.rewhisper(ticket.last.ephemeral, edit);
    return null;
  }
  const draft = { channel: ticket.channel, user: bot.userId, botId: bot.botId, ...edit };
  ticket.last =
    body['response_type'] === 'in_channel'
      ? { kind: 'message', message: model.messages.post(draft) }
      : { kind: 'ephemeral', ephemeral: model.messages.whisper({ ...draft, to: ticket.user }) };
  return null;
}

/** Whether an acknowledgement carries anything to show. */
export function isEmptyAnswer(answer: unknown): boolean {
  return (
    answer === undefined ||
    answer === null ||
    answer === '' ||
    (isRecord(answer) && Object.keys(answer).length === 0)
  );
}
