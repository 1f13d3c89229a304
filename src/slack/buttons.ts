import type { App, BlockAction } from '@slack/bolt';
import type { Delivery } from '../app/ports.ts';
import type { Notice } from '../domain/notice.ts';
import { render } from './blocks/render.ts';
import type { Rendered } from './blocks/text/part.ts';
import { clickedCommand } from './clicked-command.ts';
import { commandAction } from './command-button.ts';
import { type Hearing, takenIn } from './commands.ts';

/** Registers the buttons that carry commands. A click is taken in as if its words had been typed: by the same path,
 * committed before it is acknowledged, and judged afresh; nothing about a button is remembered. Unlike a command's, a
 * click's acknowledgement can't carry an answer: that goes by the `response_url`, beside the message and not over it
 * (but for pages: app/commands/record.ts). */
export function listenForButtons(
  app: App,
  hearing: Hearing & { answer(responseUrl: string, said: Rendered): Promise<Delivery> },
): void {
  const { clock, log, underWay } = hearing;

  app.action<BlockAction>({ type: 'block_actions' }, ({ ack, body }) => underWay.track(hear(ack, body)));

  async function hear(ack: () => Promise<void>, body: BlockAction): Promise<void> {
    const said = await saidTo(body);
    await ack().catch((err: unknown) => log.warn({ err }, 'a click could not be acknowledged'));
    // Not awaited: by HTTP the acknowledgement leaves when the listener is done.
    if (said !== null) void underWay.track(tell(body.response_url, said));
  }

  /** Takes the click in; answers what its person has to hear at once. */
  async function saidTo(body: BlockAction): Promise<Rendered | null> {
    if (underWay.closed)
      return plainly('The bot is just being restarted. Nothing was done; press it again in a minute.');
    const [action] = body.actions;
    if (action === undefined || !commandAction.test(action.action_id) || !('value' in action)) {
      log.warn(
        { action: action?.action_id.slice(0, 60) },
        'a click on something that this version does not have',
      );
      return plainly(
        'This bot has no such button any more, so nothing was done. Type `/mesos help` to see what it can do.',
      );
    }
    const clicked = clickedCommand({ ...body }, String(action.value ?? ''), clock.now());
    if (clicked === null) {
      log.warn({}, 'a click without the ids that it must have');
      return plainly(
        'Slack did not say who clicked, or where, so nothing was done. Type the command instead.',
      );
    }
    const answer: Notice | null = await takenIn(hearing, clicked);
    return answer === null ? null : render(answer);
  }

  async function tell(responseUrl: string, said: Rendered): Promise<void> {
    const delivery = await hearing.answer(responseUrl, said);
    if (delivery.kind !== 'sent') log.warn({ delivery }, 'what a click came to could not be told');
  }
}

function plainly(text: string): Rendered {
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }] };
}
