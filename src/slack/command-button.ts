/** The `action_id` of every button that carries a command; several in one message are numbered, as Slack wants them
 * told apart. */
const action = 'mesos_command';

/** Recognizes the `action_id` of a button that carries a command. */
export const commandAction = new RegExp(`^${action}(?:_\\d+)?$`);

/** The `action_id` of a message's button, counted from 1. */
export function commandActionId(nth: number): string {
  return nth === 1 ? action : `${action}_${nth}`;
}
