import { StoreFault } from '../../src/app/faults.ts';
import type { InboxCommand, Store, Swept, Tx, TypedCommand } from '../../src/app/ports.ts';
import type { KnownAgent } from '../../src/domain/agent.ts';
import type { Restored } from '../../src/domain/anchor.ts';
import type { AuditDraft } from '../../src/domain/audit.ts';
import { type AgentId, databaseId } from '../../src/domain/ids.ts';
import type { Notice } from '../../src/domain/notice.ts';
import type { OwnWork } from '../../src/domain/outside/own-work.ts';
import type { Believed } from '../../src/domain/outside/service.ts';
import type { Plan } from '../../src/domain/plan.ts';

/** What has been committed, and in which order. */
export interface Committed {
  audit: AuditDraft[];
  taken: TypedCommand[];
  voided: string[];
  settled: [id: number, as: string][];
  queued: Notice[];
  remembered: KnownAgent[];
  believed: [AgentId, Believed | null][];
  swept: Swept[];
}

/** A store in memory for the parts of the app that write a little: transactions of all or nothing, no rules of a
 * database. `commit` runs at the end of each, before its writes count: throw there, or wait. What it doesn't hold
 * it refuses with an Error, so that a test never reads a made-up answer. */
export function fakeStore({
  directory = [],
  waiting = [],
  journal = [],
  restored = null,
  believed = [],
  swept = null,
  ownWork = { drains: [], reactivations: [], markGones: [] },
  plans = [],
  moved = [],
}: {
  directory?: KnownAgent[];
  waiting?: InboxCommand[];
  journal?: string[];
  restored?: Restored | null;
  believed?: [AgentId, Believed][];
  swept?: Swept | null;
  ownWork?: OwnWork;
  plans?: Plan[];
  moved?: AgentId[];
} = {}) {
  const committed: Committed = {
    audit: [],
    taken: [],
    voided: [],
    settled: [],
    queued: [],
    remembered: [],
    believed: [],
    swept: [],
  };
  const door = { commit: (_transaction: number): Promise<void> | void => {} };
  let transactions = 0;

  async function transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    transactions += 1;
    const number = transactions;
    const staged: (() => void)[] = [];
    const tx: Tx = {
      ...refusingTx,
      append: async (draft) => {
        staged.push(() => {
          committed.audit.push(draft);
          journal.push(draft.event);
        });
        return { seq: 0, text: '', hash: '' };
      },
      restored: async () => restored,
      takeIn: async (command) => {
        if (committed.taken.some(({ triggerId }) => triggerId === command.triggerId)) return 'seen';
        staged.push(() => committed.taken.push(command));
        return 'new';
      },
      voidCommand: async (triggerId) => void staged.push(() => committed.voided.push(triggerId)),
      settleCommand: async (id, as) => void staged.push(() => committed.settled.push([id, as])),
      queue: async ({ notice }) => void staged.push(() => committed.queued.push(notice)),
      rememberAgents: async (_cluster, agents) =>
        void staged.push(() => committed.remembered.push(...agents)),
      believe: async (_cluster, agents) => void staged.push(() => committed.believed.push(...agents)),
      noteUnreached: async () => {},
      noteDigested: async () => {},
      noteSwept: async (_cluster, swept) => void staged.push(() => committed.swept.push(swept)),
      ownWork: async () => ownWork,
      plansSince: async () => plans,
      agentsFiledAfter: async () => moved,
    };
    const result = await work(tx);
    await door.commit(number);
    for (const write of staged) write();
    return result;
  }

  const store: Store = {
    transact,
    directory: async () => directory,
    believed: async () =>
      new Map([...believed, ...committed.believed].flatMap(([id, now]) => (now === null ? [] : [[id, now]]))),
    unreached: async () => null,
    digested: async () => null,
    swept: async () => committed.swept.at(-1) ?? swept,
    openDrains: async () => [],
    outOfService: async () => [],
    openReactivations: async () => [],
    reactivation: async () => null,
    approval: async () => null,
    pendingApprovals: async () => [],
    approvalByPrompt: async () => null,
    latestApprovals: async () => [],
    openMarkGones: async () => [],
    markGoneOf: async () => null,
    latestDrains: async () => [],
    drain: async () => null,
    plan: async () => null,
    unendedPlans: async () => [],
    latestPlans: async () => [],
    thread: async () => null,
    notice: async () => null,
    outbox: async () => [],
    auditBefore: async () => [],
    staleCards: async () => [],
    auditDeeds: absent,
    auditEntries: absent,
    auditStory: absent,
    auditHead: async () => null,
    latestPolicy: async () => null,
    departures: async () => new Map(),
    auditHashes: async () => new Map(),
    closedFile: async () => null,
    anchor: async () => null,
    thisDatabase: async () => ({
      id: databaseId('db-1'),
      anchored: null,
      restored,
      acceptedUpTo: null,
    }),
    waitingCommands: async () => waiting.filter(({ id }) => !committed.settled.some(([done]) => done === id)),
    close: async () => {},
  };
  return { store, committed, door };
}

/** What a store throws when its disk is full. */
export function storeDown(): StoreFault {
  return new StoreFault('database or disk is full');
}

function absent(): never {
  throw new Error('this fake store does not do that');
}

const refusingTx: Tx = {
  takeIn: absent,
  settleCommand: absent,
  voidCommand: absent,
  append: absent,
  nextDrainId: absent,
  openDrains: absent,
  outOfService: absent,
  insertDrain: absent,
  saveDrain: absent,
  noteChecked: absent,
  drain: absent,
  openReactivations: absent,
  insertReactivation: absent,
  saveReactivation: absent,
  nextApprovalId: absent,
  insertApproval: absent,
  saveApproval: absent,
  approval: absent,
  pendingApprovals: absent,
  insertMarkGone: absent,
  saveMarkGone: absent,
  openMarkGones: absent,
  nextPlanId: absent,
  insertPlan: absent,
  savePlan: absent,
  plan: absent,
  unendedPlans: absent,
  planInThread: absent,
  drainInThread: absent,
  openThread: absent,
  queue: absent,
  markSent: absent,
  markTried: absent,
  markDue: absent,
  markDead: absent,
  rootDelivered: absent,
  rootDead: absent,
  permalinkOf: absent,
  cardStale: absent,
  cardEdited: absent,
  restored: absent,
  setRestored: absent,
  acceptRestore: absent,
  anchor: absent,
  noteAnchored: absent,
  directory: absent,
  rememberAgents: absent,
  believe: absent,
  noteSwept: absent,
  noteUnreached: absent,
  noteDigested: absent,
  ownWork: absent,
  plansSince: absent,
  agentsFiledAfter: absent,
};
