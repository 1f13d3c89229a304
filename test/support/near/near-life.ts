import { chaosCluster, healCluster } from '../cluster-events.ts';
import { type Crash, crash } from '../crash.ts';
import { onlyCluster } from '../only-cluster.ts';
import { happen } from './happen.ts';
import { judgeAtTheEnd } from './judge-at-the-end.ts';
import type { Asked } from './memory-store.ts';
import { nearWitness } from './near-witness.ts';
import { type NearWorld, nearWorld } from './near-world.ts';
import type { NearEvent, NearScript } from './script.ts';

const env = {
  POLL_SECONDS: '15',
  SWEEP_SECONDS: '120',
  CARD_EDIT_SECONDS: '60',
  HOLD_SECONDS: '10',
  APPROVAL_EXPIRY_SECONDS: '300',
};

/** Long after the last fault: the longest backoff, an expiry, the proof of a missing effect, an agent's way back. */
const healingMs = 30 * 60_000;
/** Beyond two sweeps, which find what became of an agent that is out of service. */
const quietMs = 260_000;

/** Plays a script and lets everything be healed; answers with what must not have been. `trace` is told what happened, was
 * said and was filed. */
export async function liveNear(
  script: NearScript,
  { trace, onAsked }: { trace?: (line: string) => void; onAsked?: (asked: Asked) => void } = {},
): Promise<string[]> {
  const witness = nearWitness(trace ?? null);
  const world = nearWorld({
    cluster: chaosCluster,
    env,
    watchers: { ...witness, ...(onAsked === undefined ? {} : { onAsked }) },
  });
  witness.attend(world);
  const lives = [...script.lives];
  let typed = 0;
  let death: Crash | null = null;
  let bornAgainAt: number | null = null;
  let downMs = 0;

  await begin();
  for (const { afterMs, event } of script.events) {
    await pass(afterMs);
    tell(() => JSON.stringify(event));
    play(event);
    await settle();
  }
  heal(world);
  witness.peace();
  lives.length = 0;
  await untilQuiet();
  return [...witness.objections(), ...judgeAtTheEnd(world)];

  function tell(line: () => string): void {
    trace?.(`${world.now()} ${line()}`);
  }

  function play(event: NearEvent): void {
    switch (event.do) {
      case 'leap':
        world.clock.advance(event.ms);
        return;
      case 'ambush':
        witness.ambush(event.requests, () => {
          tell(() => `AMBUSH ${JSON.stringify(event.event)}`);
          happen(world, event.event, typed);
        });
        return;
      default:
        happen(world, event, event.do === 'type' ? ++typed : typed);
        return;
    }
  }

  async function begin(): Promise<void> {
    const life = lives.shift();
    death = crash({ at: life?.at ?? Number.POSITIVE_INFINITY, when: life?.when ?? 'before' });
    downMs = (life?.downSeconds ?? 5) * 1000;
    bornAgainAt = null;
    const starting = world.start(death.around);
    starting.catch((fault: unknown) => {
      // Its disk is full: whoever runs it starts it again.
      if (death?.crashed() === false) death = null;
      tell(() => `DOES NOT START: ${fault}`);
    });
    await Promise.race([starting.catch(() => {}), death.died]);
  }

  async function pass(ms: number): Promise<void> {
    await settle();
    for (const end = world.clock.now() + ms; world.clock.now() < end; ) {
      const next = Math.max(world.clock.now(), world.clock.nextDue() ?? end);
      const revival = death === null || death.crashed() ? (bornAgainAt ?? end) : end;
      world.clock.advance(Math.min(next, revival, end) - world.clock.now());
      await settle();
    }
  }

  async function settle(): Promise<void> {
    await world.settle();
    if (death !== null && !death.crashed()) return;
    if (bornAgainAt === null) tell(() => 'DIES');
    bornAgainAt ??= world.clock.now() + downMs;
    if (world.clock.now() < bornAgainAt) return;
    tell(() => 'IS BORN AGAIN');
    await death?.bury();
    await begin();
    await settle();
  }

  async function untilQuiet(): Promise<void> {
    let quietSince: number | null = null;
    for (const end = world.clock.now() + healingMs; world.clock.now() < end; ) {
      await pass(10_000);
      quietSince = isQuiet(world) ? (quietSince ?? world.clock.now()) : null;
      if (quietSince !== null && world.clock.now() - quietSince > quietMs) return;
    }
  }
}

function heal({ cluster, slack, database }: NearWorld): void {
  healCluster(cluster.model);
  cluster.delayCalls(0, 0);
  slack.heal();
  slack.deaf(false);
  database.fail(0);
}

/** Nothing is left to be told, and nothing is under way. */
function isQuiet({ database: { reads }, config }: NearWorld): boolean {
  const { name } = onlyCluster(config);
  const open = [
    reads.openDrains(name),
    reads.pendingApprovals(name),
    reads.openMarkGones(name),
    reads.openReactivations(name),
    reads.waitingCommands(),
    reads.outbox(),
    reads.staleCards(),
  ];
  return open.every((each) => each.length === 0);
}
