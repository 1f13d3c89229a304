import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { instant } from '../../../src/domain/ids.ts';
import { hourInWords } from '../../../src/domain/time/hour.ts';
import { meantHours, toldHour } from './meant-hours.ts';

const at = (text: string) => instant(Date.parse(text));

describe('an hour that is meant', () => {
  it.each(meantHours)('%s: %j in %s at %s is %s', (_, meant, zone, now, is) => {
    expect(toldHour(meant, zone, now)).toBe(is);
  });

  it('lies as far ahead as it likes where nothing waits for it', () => {
    const meant = { day: '2028-02-29', clock: '10:00', offset: null };
    expect(toldHour(meant, 'Europe/Berlin', '2026-11-26T12:00Z', null)).toBe('2028-02-29T09:00Z');
  });

  it.each([
    ['Europe/Berlin', '2026-11-27 22:00 Europe/Berlin'],
    [null, '2026-11-27 21:00 UTC'],
  ])('is told in the zone it was typed in (%s)', (zone, words) => {
    expect(hourInWords({ at: at('2026-11-27T21:00Z'), zone })).toBe(words);
  });
});

describe('the machine’s own zone', () => {
  it('changes none of it', () => {
    const here = meantHours.map(([, meant, zone, now]) => toldHour(meant, zone, now));
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'];
    const script = new URL('./tell-hours.ts', import.meta.url).pathname;
    const said = execFileSync(process.execPath, ['--import', 'tsx', script, ...zones], { encoding: 'utf8' });
    const elsewhere: Record<string, string[]> = JSON.parse(said);
    expect(elsewhere).toEqual(Object.fromEntries(zones.map((zone) => [zone, here])));
  });
});
