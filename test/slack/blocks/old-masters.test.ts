import { describe, expect, it } from '@jest/globals';
import type { Preview } from '../../../src/domain/preview.ts';
import { agent, preview } from '../../support/samples.ts';
import { read } from './read.ts';

function warned(version: string, over: Partial<Preview> = {}, canDrain = true): string {
  const master = { known: true, value: { version, canDrain } } as const;
  return read({ kind: 'preview', preview: preview({ master, ...over }), dryRun: false, file: false });
}

const empty: Pick<Preview, 'groups'> = { groups: { known: true, value: [] } };
const agentOf = (version: string) =>
  ({ subject: { kind: 'registered', agent: agent({ version }) } }) as const;

describe('a preview', () => {
  it('says of a master from before 1.9 that it can not drain', () => {
    expect(warned('1.8.1', {}, false)).toContain("The master can't drain: Mesos 1.8.1 has no AGENT_DRAINING");
  });

  it('warns of a 1.9 master that crashes on the way back', () => {
    expect(warned('1.9.0')).toContain('crashes when it reactivates an agent that is not connected');
    expect(warned('1.10.0')).not.toContain('crashes');
  });

  it('warns of a 1.9 agent that does not leave a drain by itself, where nothing runs on it', () => {
    const sticks = 'it will not leave the drain by itself, and drop the first task';
    expect(warned('1.11.0', { ...empty, ...agentOf('1.9.0') })).toContain(sticks);
    expect(warned('1.11.0', agentOf('1.9.0'))).not.toContain(sticks);
    expect(warned('1.11.0', { ...empty, ...agentOf('1.10.0') })).not.toContain(sticks);
  });

  it('says nothing of a master whose version is not known', () => {
    const unknown = preview({ master: { known: false, why: 'no answer' } });
    expect(read({ kind: 'preview', preview: unknown, dryRun: false, file: false })).not.toContain(
      'The master',
    );
  });
});
