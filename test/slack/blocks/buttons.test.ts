import { describe, expect, it } from '@jest/globals';
import { complaintsAboutBlocks } from '../../../playground/slack/rules/validate-blocks.ts';
import type { CommandButton } from '../../../src/slack/blocks/text/buttons.ts';
import { layout } from '../../../src/slack/blocks/text/limits.ts';
import { buttons, text } from '../../../src/slack/blocks/text/part.ts';

const hasten: CommandButton = {
  label: 'Hasten d17',
  words: 'hasten d17 --max-grace-period 60s --instead-of 600s',
  style: 'danger',
  confirm: { title: 'Hasten d17?', question: 'Tasks get 60 s instead of 10 min.' },
};

function elements(each: CommandButton[]) {
  const { blocks } = layout([text('Well?'), buttons(...each)]);
  return blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
}

describe('a button', () => {
  it('carries the words of the command', () => {
    expect(elements([hasten])).toEqual([
      {
        type: 'button',
        action_id: 'mesos_command',
        text: { type: 'plain_text', text: 'Hasten d17', emoji: false },
        value: hasten.words,
        style: 'danger',
        confirm: {
          title: { type: 'plain_text', text: 'Hasten d17?', emoji: false },
          text: { type: 'plain_text', text: 'Tasks get 60 s instead of 10 min.', emoji: false },
          confirm: { type: 'plain_text', text: 'Yes', emoji: false },
          deny: { type: 'plain_text', text: 'No', emoji: false },
          style: 'danger',
        },
      },
    ]);
  });

  it('is told whole to who reads the text alone', () => {
    expect(layout([buttons(hasten)]).text).toBe(
      '*Hasten d17*. Tasks get 60 s instead of 10 min. Press the button, or type `/mesos hasten d17 --max-grace-period 60s --instead-of 600s`',
    );
  });

  it('has an id of its own in its message, also beside those of another part', () => {
    const { blocks } = layout([buttons(hasten, hasten), { as: 'divider' }, buttons(hasten)]);
    const ids = blocks
      .flatMap((block) => (block.type === 'actions' ? block.elements : []))
      .map((element) => element.action_id);
    expect(ids).toEqual(['mesos_command', 'mesos_command_2', 'mesos_command_3']);
  });

  it('whose words are too long for Slack is not shown, and no word of it is cut', () => {
    const long = { label: 'Drain', words: `drain agent3 --reason "${'x'.repeat(2_000)}"` };
    expect(elements([long])).toEqual([]);
    expect(layout([buttons(long)]).text).not.toContain('button');
    const longest = { ...long, words: `status ${'x'.repeat(1_993)}` };
    expect(elements([longest])).toMatchObject([{ value: longest.words }]);
  });

  it.each([
    ['25 characters of trouble', '<!channel> & `x` *b* \u202Egnp\n@here'],
    ['10 KB', 'x'.repeat(10_000)],
  ])('stays within the limits with a label and a question of %s', (_, foreign) => {
    const each = { label: foreign, words: 'status', confirm: { title: foreign, question: foreign } };
    const { text: said, blocks } = layout([buttons(...Array.from({ length: 30 }, () => each))]);
    expect(complaintsAboutBlocks(blocks)).toEqual([]);
    expect(said.length).toBeLessThanOrEqual(4_000);
    for (const every of [said, JSON.stringify(blocks)]) expect(every).not.toMatch(/<!|@here|\u202E/);
  });
});
