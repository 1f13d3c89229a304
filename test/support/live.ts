import { type ChaosEvent, happen, heal, type Script } from './chaos.ts';
import { chaosCluster, strike } from './cluster-events.ts';
import { type Crash, crash } from './crash.ts';
import { judgeEnd } from './judge-end.ts';
import { observer } from './observer.ts';
import { onlyCluster } from './only-cluster.ts';
import { readAudit } from './read-audit.ts';
import { makeWorld, type World } from './world.ts';

const env = {
  // Deadlines run on the wall's clock, also for what hangs.
  READ_DEADLINE_SECONDS: '0.5',
  CALL_DEADLINE_SECONDS: '0.5',
  SWEEP_SECONDS: '60',
  CARD_EDIT_SECONDS: '5',
};

/** Long after the last fault: the longest backoff, the proof of a missing effect, and an agent's way back. */
const healingMs = 25 * 60_000;

/** Plays a script and lets everything be healed; answers with what must not have been. `trace` is told what
 * happened, was said and was filed. */
export async function live(script: Script, trace: (line: string) => void = () => {}): Promise<string[]> {
  const world = await makeWorld({ cluster: chaosCluster, env });
  const seen = observer(world);
  const lives = [...script.lives];
  const drains = { typed: 0 };
  const at = () => new Date(world.clock.now()).toISOString().slice(11, 23);
  world.slack.model.changes.follow((change) => {
    if (change.kind === 'posted')
      trace(`${at()} SAID ${change.message.text.slice(0, 200).replaceAll('\n', ' / ')}`);
    if (change.kind === 'whispered')
      trace(`${at()} TOLD ${change.ephemeral.text.slice(0, 200).replaceAll('\n', ' / ')}`);
  });
  let death: Crash | null = null;
  let bornAgainAt: number | null = null;
  let downMs = 0;
  try {
    await begin();
    for (const { afterMs, event } of script.events) {
      await pass(afterMs);
      trace(`${at()} ${JSON.stringify(event)}`);
      await play(event);
      await settle();
    }
    heal(world);
    lives.length = 0;
    for (const end = world.clock.now() + healingMs; world.clock.now() < end; ) {
      await pass(5_000);
      if (death !== null && !isDead() && (await isQuiet(world))) break;
    }
    const ended = await judgeEnd(world);
    await world.bot?.stop();
    world.bot = null;
    const { entries, flaws } = await readAudit(world.databasePath);
    for (const call of world.cluster.model.applied)
      trace(`APPLIED ${new Date(call.at).toISOString()} ${JSON.stringify(call)}`);
    for (const { at: when, event, outcome, decision, drain, agent } of entries)
      trace(`AUDIT ${when} ${event} d${drain} ${outcome ?? decision} ${agent?.id}`);
    return [...flaws, ...seen.objections(entries), ...ended(entries)];
  } finally {
    await world.close();
  }

  async function play(event: ChaosEvent): Promise<void> {
    switch (event.do) {
      case 'leap':
        return world.clock.advance(event.ms);
      case 'ambush':
        return seen.ambush(event.requests, () => strike(world.cluster.model, event.event));
      default:
        return happen(world, event, drains);
    }
  }

  async function begin(): Promise<void> {
    const life = lives.shift();
    death = crash({ at: life?.at ?? Number.POSITIVE_INFINITY, when: life?.when ?? 'before' });
    downMs = (life?.downSeconds ?? 0) * 1000;
    bornAgainAt = null;
    const starting = world.start(death.around);
    starting.catch(() => {});
    await Promise.race([starting, death.died]);
  }

  function isDead(): boolean {
    return death?.crashed() === true;
  }

  /** In steps of at least half a second; quiet times are skipped. */
  async function pass(ms: number): Promise<void> {
    for (const end = world.clock.now() + ms; world.clock.now() < end; ) {
      const quiet = (world.clock.nextDue() ?? Number.POSITIVE_INFINITY) - world.clock.now();
      world.clock.advance(Math.min(end - world.clock.now(), Math.max(500, quiet)));
      await settle();
    }
  }

  async function settle(): Promise<void> {
    if (!isDead()) await Promise.race([world.settle(), death?.died]);
    if (!isDead()) return;
    world.bot = null;
    await world.cluster.idle();
    bornAgainAt ??= world.clock.now() + downMs;
    if (world.clock.now() < bornAgainAt) return;
    await death?.bury();
    await begin();
    await settle();
  }
}

/** Nothing is left to be told and no drain is open. */
async function isQuiet(world: World): Promise<boolean> {
  const { store } = world;
  if (store === null) return false;
  const open = await store.openDrains(onlyCluster(world.config).name);
  return open.length === 0 && (await store.outbox()).length === 0 && (await store.staleCards()).length === 0;
}
