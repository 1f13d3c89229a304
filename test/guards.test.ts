import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { whereTo } from '../src/mesos/redirects.ts';
import { connect } from '../src/store/connection.ts';

describe('guards that no other test would miss', () => {
  it('refuses a redirect from https down to http, also to a host that is allowed', () => {
    const known = { masters: [new URL('https://m1.example:5050')], allowedHosts: ['m2.example'] };
    const asked = new URL('https://m1.example:5050/api/v1');
    expect(whereTo('https://m2.example:5050/api/v1', asked, known)).toHaveProperty('base');
    expect(whereTo('http://m2.example:5050/api/v1', asked, known)).toEqual({
      refused: 'redirects from https down to http at m2.example:5050',
    });
  });

  it('has every commit on disk before it counts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mesos-chatops-break-'));
    const db = await connect(join(folder, 'bot.db'));
    try {
      // 2 is FULL. Source: SQLite, PRAGMA synchronous.
      expect(await db.raw('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
      // So that INSERT OR REPLACE meets the trigger that refuses a DELETE.
      expect(await db.raw('PRAGMA recursive_triggers')).toEqual([{ recursive_triggers: 1 }]);
    } finally {
      await db.destroy();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
