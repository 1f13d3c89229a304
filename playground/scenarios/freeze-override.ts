import { dyingDisk } from './dying-disk.ts';
import { isDrained, opsChannel, type Story, shows, told, vote } from './story.ts';

/** A freeze is on, for as long as anybody looks at this. */
const file = (masters: readonly string[]) => `
clusters:
  playground:
    masters: [${masters.join(', ')}]
    policy:
      freezes:
        - name: year-end close
          from: mon 00:00
          until: sun 24:00
          zone: Europe/Berlin
`;

/** A freeze refuses a drain; overridden, the same drain is asked of a second person, and goes ahead. */
export const freezeOverride: Story = {
  name: 'freeze-override',
  title: 'a freeze refuses the drain of agent3; overridden, a second person lets it through',
  cluster: dyingDisk(6_000),
  file,
  play: async (stage) => {
    const { slack } = stage;
    await slack.type('mara', opsChannel.name, '/mesos drain agent3 --reason "disk dying"');
    await stage.until('the refusal', told(stage, 'mara', 'the freeze “year-end close” is on'));
    await slack.type('mara', opsChannel.name, '/mesos whoami');
    await stage.until('what holds now', told(stage, 'mara', '*The freeze “year-end close” is on*'));
    await slack.type(
      'mara',
      opsChannel.name,
      '/mesos drain agent3 --override-freeze --reason "disk dying, it loses data"',
    );
    await stage.until('the question', shows(stage, '“year-end close”, on until'));
    await vote(stage, 'dev', 'white_check_mark');
    await stage.until('the proof', isDrained(stage, 'agent3.example'));
    await stage.until('the card', shows(stage, 'Safe to take down'));
  },
};
