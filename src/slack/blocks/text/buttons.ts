import type { Button as ButtonElement, KnownBlock } from '@slack/types';
import { commandActionId } from '../../command-button.ts';
import { headline } from './clean.ts';
import { code, plain } from './escape.ts';

/** A button that carries a command: who clicks it has said the words. All of its text is raw, also where it is foreign. */
export interface CommandButton {
  label: string;
  /** The command as one would type it behind `/mesos`. */
  words: string;
  style?: 'primary' | 'danger';
  /** Slack asks this before the click counts; `question` is also told to those who read the text alone. */
  confirm?: { title: string; question: string };
}

/** Slack: button text 75, value 2000; confirm title 100, text 300; 25 elements in an actions block. */
const limits = { label: 75, value: 2000, title: 100, question: 300, perBlock: 25 };

/** A button in the words of the text that says all: what it does, and what to type for the same. */
export function buttonWords(button: CommandButton): string {
  const { label, words, confirm } = button;
  const asked = confirm === undefined ? '' : ` ${plain(confirm.question, limits.question)}`;
  const press = isPressable(button) ? 'Press the button, or type' : 'Type';
  return `*${plain(headline(label, limits.label))}*.${asked} ${press} ${code(`/mesos ${words}`, 700)}`;
}

/** The buttons as blocks; `before`: how many the message has already. */
export function buttonBlocks(buttons: CommandButton[], before: number): KnownBlock[] {
  const elements = buttons.filter(isPressable).map((button, at) => elementOf(button, before + at + 1));
  const blocks: KnownBlock[] = [];
  for (let at = 0; at < elements.length; at += limits.perBlock)
    blocks.push({ type: 'actions', elements: elements.slice(at, at + limits.perBlock) });
  return blocks;
}

/** Words that were cut to fit would be another command. */
function isPressable({ words }: CommandButton): boolean {
  return words.length <= limits.value;
}

function elementOf({ label, words, style, confirm }: CommandButton, nth: number): ButtonElement {
  return {
    type: 'button',
    action_id: commandActionId(nth),
    text: plainText(label, limits.label),
    value: words,
    ...(style === undefined ? {} : { style }),
    ...(confirm === undefined
      ? {}
      : {
          confirm: {
            title: plainText(confirm.title, limits.title),
            text: plainText(confirm.question, limits.question),
            confirm: plainText('Yes', 30),
            deny: plainText('No', 30),
            ...(style === undefined ? {} : { style }),
          },
        }),
  };
}

function plainText(text: string, max: number) {
  return { type: 'plain_text' as const, text: headline(text, max), emoji: false };
}
