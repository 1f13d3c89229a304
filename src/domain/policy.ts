import type { ChannelId, Instant, UserGroupId, UserId } from './ids.ts';

/** Who may do something: people by ID, groups by ID. Empty: nobody. */
export interface Entitled {
  users: UserId[];
  groups: UserGroupId[];
}

/** What a cluster's owners allow on it: who, where, when, how much, and what takes two. */
export interface Policy {
  operators: Entitled;
  approvers: Entitled;
  /** Null: every channel that the bot is a member of. */
  channels: ChannelId[] | null;
  approvals: ApprovalRules;
  needsApproval: NeedsApproval;
  limits: PolicyLimits;
  collisions: CollisionRules;
  /** Asked before each wave of a rolling drain: an address that must answer `{"ok": true}`. Null: nobody is asked. */
  gate: string | null;
  /** Of the cpus and of the memory of the agents that a rolling drain leaves in service: what must stay free beside what the
   * next wave runs. 0 to 99. */
  minFreePercent: number;
  freezes: FreezeWindow[];
  afterWindow: AfterWindow;
  /** How long an agent is out of service before people are reminded of it, in ms; null: they are not. */
  remindAfterMs: number | null;
  /** Null: any reason will do. */
  reasonPattern: ReasonPattern | null;
  /** Changing commands that are typed must name the cluster. */
  nameMustBeTyped: boolean;
}

/** How two people decide. Milliseconds. */
export interface ApprovalRules {
  /** Votes that are enough; never below 1. */
  needed: number;
  /** Of whom at least one must be among them; null: anybody entitled will do. */
  oneOf: Entitled | null;
  /** The one emoji that approves, by its name. */
  approving: string;
  /** How long a call waits in sight after the last vote that it needed. */
  holdMs: number;
  expiryMs: number;
}

/** What a policy tells apart: a change, by the words that ask for it. To hasten a drain is to drain. */
export const changeKinds = [
  'drain',
  'drain --mark-gone',
  'deactivate',
  'reactivate',
  'mark-gone',
  'maintenance schedule',
  'maintenance clear',
  'maintenance start',
  'maintenance stop',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Never one person's alone, whatever a policy says (promise 4). */
export const irreversibleKinds = ['drain --mark-gone', 'mark-gone', 'maintenance start'] as const;

/** For what a second person is asked. */
export interface NeedsApproval {
  /** The irreversible ones are always among them. */
  kinds: ChangeKind[];
  /** More agents than this in one command. */
  agentsOver: number;
  /** Grace periods under this, on an agent with tasks: 0 means SIGKILL at once. */
  graceUnderSeconds: number;
  /** Null: at no time of day more than at others. */
  hours: Hours | null;
}

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** Minutes since midnight, 0 to 1440. */
export type MinuteOfDay = number;

/** Hours of the week, in which, or outside of which, changes need a second person. */
export interface Hours {
  days: Weekday[];
  fromMinute: MinuteOfDay;
  /** Not above the first: on the next day. */
  toMinute: MinuteOfDay;
  /** IANA name. */
  zone: string;
  need: 'inside' | 'outside';
}

/** How many drains may run at once. */
export interface DrainLimits {
  drainsAtOnce: number;
  /** Of agents that have the same value of an attribute. */
  per: { attribute: string; allowed: number }[];
}

/** The same, and when nothing more is taken out of service at all. */
export interface PolicyLimits extends DrainLimits {
  /** With more than this share of the agents out of service or away the brake is on; 100: it never is. */
  brakePercent: number;
}

/** What becomes of an agent whose time out of service is over: it is brought back, or people are reminded. */
export const afterWindows = ['reactivate', 'remind'] as const;
export type AfterWindow = (typeof afterWindows)[number];
/** What happens where the open work of somebody else is in the way. *anyway*: whoever comes second has to say that they know
 * of it. *refuse*: they wait. *ignore*: nobody is held up. */
export const collisionRules = ['anyway', 'refuse', 'ignore'] as const;
export type CollisionRule = (typeof collisionRules)[number];

export interface CollisionRules {
  /** In the same rack, or on the same agent. */
  rack: CollisionRule;
  framework: CollisionRule;
}

/** A time in which changes wait. */
export interface FreezeWindow {
  name: string;
  when: FreezeTime;
  /** IANA name; days and times are of this zone. */
  zone: string;
  freezes: ChangeKind[];
}

export type FreezeTime =
  | { every: 'once'; from: Instant; until: Instant }
  | { every: 'year'; from: DayOfYear; until: DayOfYear }
  | { every: 'week'; from: TimeOfWeek; until: TimeOfWeek };

export interface DayOfYear {
  /** 1 to 12. */
  month: number;
  day: number;
  minute: MinuteOfDay;
}

export interface TimeOfWeek {
  day: Weekday;
  minute: MinuteOfDay;
}

/** What a reason must hold, such as the number of a ticket. */
export interface ReasonPattern {
  /** A regular expression, as `new RegExp(source, 'u')` takes it. */
  source: string;
  /** What people are told that it asks for. */
  words: string;
  example: string;
}

/** Nobody may change anything; what stands where nothing is said. */
export const defaultPolicy: Policy = {
  operators: { users: [], groups: [] },
  approvers: { users: [], groups: [] },
  channels: null,
  approvals: {
    needed: 1,
    oneOf: null,
    approving: 'white_check_mark',
    holdMs: 30_000,
    expiryMs: 3_600_000,
  },
  needsApproval: {
    kinds: [...irreversibleKinds],
    agentsOver: 3,
    graceUnderSeconds: 5,
    hours: null,
  },
  limits: { drainsAtOnce: 3, per: [{ attribute: 'rack', allowed: 1 }], brakePercent: 20 },
  collisions: { rack: 'anyway', framework: 'anyway' },
  gate: null,
  minFreePercent: 0,
  freezes: [],
  afterWindow: 'reactivate',
  remindAfterMs: 86_400_000,
  reasonPattern: null,
  nameMustBeTyped: false,
};
