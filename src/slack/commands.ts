import type { AckFn, App, RespondArguments, SlashCommand } from '@slack/bolt';
import type { Clock, Log, TypedCommand } from '../app/ports.ts';
import { incidentId } from '../domain/ids.ts';
import type { Notice } from '../domain/notice.ts';
import { render } from './blocks/render.ts';
import { typedCommand } from './typed-command.ts';
import type { UnderWay } from './under-way.ts';

type Ack = AckFn<string | RespondArguments>;

/** What listening for commands takes, however they come. */
export interface Hearing {
  clock: Clock;
  log: Log;
  underWay: UnderWay;
  /** Commits the command; what it answers is shown to the person at once (null: nothing). */
  takeIn(command: TypedCommand): Promise<Notice | null>;
}

/** Registers the bot's slash command, and an answer for any other that was pointed at it by mistake. Both
 * transports come through here: payload → TypedCommand → `takeIn` → ack, so nothing is acknowledged before it is
 * committed. */
export function listenForCommands(app: App, hearing: Hearing): void {
  const { clock, log, underWay } = hearing;

  app.command('/mesos', ({ ack, command }) => underWay.track(take(ack, command)));
  // Every listener that matches runs, and a second ack throws (slack-notes B.4): hence not `/.*/`.
  app.command(/^\/(?!mesos$)/, ({ ack, command }) => underWay.track(turnAway(ack, command)));

  async function take(ack: Ack, command: SlashCommand): Promise<void> {
    if (underWay.closed)
      return ack(ephemeral('The bot is just being restarted. Nothing was done; type it again in a minute.'));
    const typed = typedCommand({ ...command }, clock.now());
    if (typed === null) {
      log.warn({}, 'a slash command without the ids that it must have');
      return ack(
        ephemeral(
          'Slack did not say who typed this, where, or in which workspace, so nothing was done. In an organisation-wide installation, use the bot from a channel of the workspace it is installed in.',
        ),
      );
    }
    const answer = await takenIn(hearing, typed);
    // The socket may have gone since: Slack then says that /mesos failed, and what is committed runs all the same.
    await ack(answer === null ? undefined : { ...render(answer), response_type: 'ephemeral' }).catch(
      (err: unknown) => log.warn({ err, triggerId: typed.triggerId }, 'a command could not be acknowledged'),
    );
  }

  async function turnAway(ack: Ack, { command }: SlashCommand): Promise<void> {
    log.warn({ command: command.slice(0, 40) }, 'a slash command that the bot does not have');
    await ack(ephemeral('This bot understands `/mesos` only. Type `/mesos help` to see what it can do.'));
  }
}

/** What the person is told at once, also where taking it in broke. */
export async function takenIn({ log, takeIn }: Hearing, typed: TypedCommand): Promise<Notice | null> {
  return takeIn(typed).catch((error: unknown): Notice => {
    const incident = incidentId(typed.triggerId.slice(-12));
    log.error({ err: error, incident, triggerId: typed.triggerId }, 'a command could not be taken in');
    return { kind: 'fault', incident, sent: 'no' };
  });
}

function ephemeral(text: string): RespondArguments {
  return { response_type: 'ephemeral', text };
}
