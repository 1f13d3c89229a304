import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { judgeGate } from '../../src/domain/rolling/gate.ts';
import { gateAsker } from '../../src/gates/ask-gate.ts';
import {
  deadAddress,
  type Reply,
  type ScriptedServer,
  scriptedServer,
} from '../mesos/support/scripted-server.ts';

const page = readFileSync(new URL('../../docs/gates.md', import.meta.url), 'utf8');
const [, program = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];

/** Alertmanager 0.25, as far as the gate asks it. */
const listed = (...names: string[]): Reply => ({
  status: 200,
  body: JSON.stringify(names.map((alertname) => ({ labels: { alertname }, status: { state: 'active' } }))),
});

describe('the gate of docs/gates.md', () => {
  let alertmanager: ScriptedServer;
  let gate: ChildProcess;
  let url: string;
  const folder = mkdtempSync(join(tmpdir(), 'gate-'));
  beforeAll(async () => {
    alertmanager = await scriptedServer(() => listed());
    const at = await deadAddress();
    url = at.href;
    writeFileSync(join(folder, 'gate.mjs'), program);
    gate = spawn(process.execPath, [join(folder, 'gate.mjs')], {
      env: { ALERTMANAGER: alertmanager.url.origin, PORT: at.port },
    });
    if (gate.stdout !== null) await once(gate.stdout, 'data');
  });
  afterAll(async () => {
    gate.kill();
    await alertmanager.close();
    rmSync(folder, { recursive: true });
  });

  const answers = (watchdog: Reply, critical: Reply) =>
    alertmanager.script(({ url: asked }) => (asked.includes('Watchdog') ? watchdog : critical));

  it.each<[string, Reply, Reply, string | null]>([
    ['says yes while nothing fires', listed('Watchdog'), listed(), null],
    ['says no while something does', listed('Watchdog'), listed('Lost', 'Slow'), 'firing: Lost, Slow'],
    ['says no where nothing is judged', listed(), listed(), 'no Watchdog arrives'],
    ['says no where Alertmanager fails', { status: 500 }, listed(), 'Alertmanager answers 500'],
    ['says no where Alertmanager is away', 'drop', 'drop', 'fetch failed'],
  ])('%s', async (_, watchdog, critical, why) => {
    answers(watchdog, critical);
    const verdict = judgeGate(await gateAsker({ deadlineMs: 5_000 })(url));
    expect(verdict).toEqual(
      why === null ? { open: true } : { open: false, why: expect.stringContaining(why) },
    );
  });

  it('minds silences', () => {
    expect(alertmanager.arrived.length).toBeGreaterThan(0);
    for (const { url: asked } of alertmanager.arrived)
      expect(asked).toContain('silenced=false&inhibited=false');
  });
});
