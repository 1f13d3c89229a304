import type { ClusterSpec } from '../../playground/mesos/spec.ts';
import { botSaid, opsChannel } from '../../playground/scenarios/story.ts';
import type { AuditEntry } from '../../src/domain/audit.ts';
import { type CrashPlan, crash } from './crash.ts';
import { withoutOutcome } from './judge-entries.ts';
import { readAudit } from './read-audit.ts';
import { makeWorld, type World } from './world.ts';

/** A story that must come to the same end wherever the bot dies in it. */
export interface Ordeal {
  cluster: ClusterSpec;
  /** What a person types, and types again where nothing came of it. */
  typed: string;
  /** What was before, told by a bot that does not die; it is stopped afterwards. */
  before?(world: World): Promise<void>;
  /** What other people do, again and again until it is over: whatever has not happened yet. */
  meanwhile?(world: World): Promise<void>;
  /** What they do while the bot is dead. */
  whileDead?(world: World): Promise<void>;
  /** Whether the end was told, in what the bot said since then. */
  isOver(said: string[]): boolean;
  /** Whether the call certainly changed nothing, so that the person may ask again. */
  wasNotApplied(world: World, said: string[]): boolean;
}

export interface Told {
  world: World;
  /** Without what was said before. */
  said: string[];
  /** The whole log. */
  entries: AuditEntry[];
  /** Of its chain, and calls without an outcome. */
  flaws: string[];
  boundaries: string[];
}

/** Before the first boundary that a clean run met, and after each: what is on disk before one is what the last one left,
 * so dying on both sides would tell every story twice. */
export function plansOf(clean: Told): (CrashPlan & { name: string })[] {
  const plan = (when: CrashPlan['when'], at: number) => ({
    name: `${when} boundary ${at}, ${clean.boundaries[at - 1]}`,
    at,
    when,
  });
  return [plan('before', 1), ...clean.boundaries.map((_, index) => plan('after', index + 1))];
}

/** Tells the story to its end. After the crash the same file gets a new bot; whoever got no sign of life within
 * 90 s types again, as a person would. */
export async function tellThroughCrash(ordeal: Ordeal, plan: CrashPlan): Promise<Told> {
  const world = await makeWorld({ cluster: ordeal.cluster, env: { CARD_EDIT_SECONDS: '20' } });
  if (ordeal.before !== undefined) {
    await world.start();
    await ordeal.before(world);
    await world.bot?.stop();
    world.bot = null;
  }
  const earlier = botSaid(world).length;
  const since = () => botSaid(world).slice(earlier);
  const death = crash(plan);
  let restarted = false;
  const starting = world.start(death.around);
  starting.catch(() => {});
  const step = async () => {
    world.clock.advance(500);
    if (death.crashed() && !restarted) await restart();
    await ordeal.meanwhile?.(world);
    // A dead process is never idle.
    await (restarted ? world.settle() : Promise.race([world.settle(), death.died]));
  };
  const over = () => ordeal.isOver(since());
  await Promise.race([starting, death.died]);
  for (let attempt = 1; attempt <= 3 && !over(); attempt++) {
    if (death.crashed() && !restarted) await step();
    const acked = world.slack.type('mara', opsChannel.name, ordeal.typed);
    acked.catch(() => {});
    const started = () => since().length > 0;
    const inVain = () => ordeal.wasNotApplied(world, since());
    for (let steps = 0; steps < 180 && !started(); steps++) await step();
    for (let steps = 0; steps < 600 && started() && !over() && !inVain(); steps++) await step();
    for (let steps = 0; steps < 20; steps++) await step();
  }
  const said = since();
  await Promise.race([world.bot?.stop(), death.died]);
  if (death.crashed() && !restarted) {
    await restart();
    await world.bot?.stop();
  }
  world.bot = null;
  const { entries, flaws } = await readAudit(world.databasePath);
  await world.close();
  return { world, said, entries, flaws: [...flaws, ...withoutOutcome(entries)], boundaries: death.seen };

  async function restart(): Promise<void> {
    restarted = true;
    await death.bury();
    await ordeal.whileDead?.(world);
    world.bot = null;
    await world.start();
  }
}
