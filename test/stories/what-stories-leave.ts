import type { AppliedCall } from '../../playground/mesos/state.ts';

/** What a story leaves behind. */
interface Leaves {
  /** The calls that took effect, whoever sent them. */
  calls: AppliedCall['type'][];
  /** How its questions ended. */
  settled: string[];
  /** Who approved; absent: dev alone. */
  approvers?: string[];
  /** A call of the bot that needed no approval, in a story where others did. */
  unapproved?: AppliedCall['type'];
  /** Somebody else sent some of the calls. */
  outside?: true;
  /** Settings that spare the test quiet looks. */
  env?: Record<string, string>;
  /** In the threads, in this order, and then on the roots as they stand at the end. */
  says?: string[];
  /** Nowhere. */
  never?: string[];
  /** Exactly once among all that. */
  once?: string[];
  /** In the audit log. */
  filed?: string[];
  /** What someone had to be woken for. */
  errors?: string[];
  /** Those that were filed as done outside the bot; absent: not looked at. */
  outsiders?: string[];
}

const slow = { POLL_SECONDS: '20' };
const proven = 'Safe to take down';

/** By the name of the story. */
export const left: Record<string, Leaves> = {
  'mark-gone': { calls: ['DRAIN_AGENT', 'DRAIN_AGENT'], settled: ['used'] },
  'happy-drain': { calls: ['DRAIN_AGENT'], settled: [] },
  'drain-and-return': { calls: ['DRAIN_AGENT', 'REACTIVATE_AGENT'], settled: [] },
  'auto-return': {
    calls: ['DRAIN_AGENT', 'REACTIVATE_AGENT'],
    settled: [],
    env: slow,
    says: [
      proven,
      '*Time out of service:* <@U0DEV00001> had agent3.example (S2) stay out for',
      'its time out of service is over, as <@U0DEV00001> had asked',
      'is back in service',
    ],
    never: ['*Not brought back:*', '*Forgotten?*'],
    filed: ['command.accepted stays out of service', 'drain.ended reactivated'],
  },
  forgotten: {
    calls: ['DRAIN_AGENT'],
    settled: [],
    env: slow,
    says: [proven, '*Forgotten?*', 'Reason: disk makes noises'],
    once: ['*Forgotten?*'],
    filed: ['drain.reminded forgotten'],
  },
  'rack-drain': {
    calls: [
      'DRAIN_AGENT',
      'DRAIN_AGENT',
      'DRAIN_AGENT',
      'REACTIVATE_AGENT',
      'REACTIVATE_AGENT',
      'REACTIVATE_AGENT',
    ],
    settled: [],
    env: slow,
    says: ['Plan p1 has ended:* 3 of 3 agents are drained. <@U0MARA0001>', 'Plan p2 has ended:* 3 of 3'],
    filed: ['plan.begun drain', 'plan.ended done', 'plan.begun reactivate'],
  },
  'rolling-happy': {
    calls: [
      'DEACTIVATE_AGENT',
      'DEACTIVATE_AGENT',
      'DEACTIVATE_AGENT',
      'DRAIN_AGENT',
      'DRAIN_AGENT',
      'REACTIVATE_AGENT',
      'REACTIVATE_AGENT',
      'DRAIN_AGENT',
      'REACTIVATE_AGENT',
    ],
    settled: [],
    env: slow,
    says: [
      '*New tasks are kept away from 3 agents*',
      '*Wave 1 of 2 is over:* 2 of 2 agents as meant.',
      '*Wave 2 of 2 is over:*',
      'Plan p1 has ended:* 3 of 3 agents are drained and in service again',
    ],
    filed: ['plan.wave-begun', 'plan.wave-ended', 'plan.ended done'],
    never: ['*Started:*'],
  },
  'rolling-restart': {
    calls: [
      'DEACTIVATE_AGENT',
      'DEACTIVATE_AGENT',
      'DEACTIVATE_AGENT',
      'DRAIN_AGENT',
      'DRAIN_AGENT',
      'DRAIN_AGENT',
    ],
    settled: [],
    env: slow,
    says: [
      '*Wave 1 of 2 is over:* 2 of 2 agents as meant.',
      '*Wave 2 of 2 is over:*',
      'Plan p1 has ended:* 3 of 3 agents are drained',
    ],
    filed: ['bot.stopped', 'bot.started', 'plan.wave-begun', 'plan.wave-ended', 'plan.ended done'],
    never: ['has halted', '*Started:*'],
  },
  'rolling-stuck': {
    calls: [
      'DEACTIVATE_AGENT',
      'DEACTIVATE_AGENT',
      'DEACTIVATE_AGENT',
      'DRAIN_AGENT',
      'DRAIN_AGENT',
      'DRAIN_AGENT',
    ],
    settled: [],
    env: slow,
    says: [
      '*Stuck:*',
      'Plan p1 has halted:* agent2.example (S1) is stuck (d2)',
      '`/mesos resume p1`',
      '*Wave 1 of 2 is over:*',
      '*Resumed by',
      'Plan p1 has ended:* 3 of 3 agents are drained.',
    ],
    filed: ['plan.halted stuck', 'plan.resumed', 'plan.ended done'],
  },
  'rolling-gate-fails': {
    calls: [
      'DEACTIVATE_AGENT',
      'DEACTIVATE_AGENT',
      'DEACTIVATE_AGENT',
      'DRAIN_AGENT',
      'DRAIN_AGENT',
      'DRAIN_AGENT',
    ],
    settled: [],
    env: slow,
    says: [
      '*Wave 1 of 2 is over:*',
      'has halted:* the gate says no: firing: WebErrors',
      'has halted:* the gate says no',
      '*Wave 2 of 2 is over:*',
    ],
    filed: ['plan.halted gate', 'plan.resumed', 'plan.ended done'],
  },
  'rolling-cancel': {
    calls: [
      'DEACTIVATE_AGENT',
      'DEACTIVATE_AGENT',
      'DEACTIVATE_AGENT',
      'DRAIN_AGENT',
      'DRAIN_AGENT',
      'REACTIVATE_AGENT',
    ],
    settled: [],
    env: slow,
    says: [
      '*Plan p1 is* paused by <@U0MARA0001>',
      '*Stopped by',
      '2 agents go on: Mesos has no way to stop a drain.',
      'goes back into service',
      'agent3.example (S2), wave 2: not drained, in service again',
    ],
    filed: ['plan.halted paused', 'plan.giving-back', 'plan.ended cancelled'],
  },
  scheduled: {
    calls: ['DRAIN_AGENT', 'DRAIN_AGENT', 'DRAIN_AGENT'],
    settled: ['used'],
    unapproved: 'DRAIN_AGENT',
    env: slow,
    says: ['The hour of plan p1 has come', 'Plan p1 has ended:* 1 of 1'],
    filed: ['plan.scheduled drain', 'plan.scheduled deactivate', 'plan.ended cancelled', 'plan.begun drain'],
  },
  denied: { calls: [], settled: ['denied'] },
  expired: { calls: [], settled: ['expired'] },
  withdrawn: { calls: [], settled: ['withdrawn'] },
  'hold-stopped': { calls: [], settled: ['stopped'] },
  drift: { calls: ['DRAIN_AGENT'], settled: ['changed', 'used'] },
  'cancel-gone': { calls: ['DRAIN_AGENT', 'REACTIVATE_AGENT'], settled: ['taken-back'] },
  'unattended-cuts-grace': { calls: ['DRAIN_AGENT'], settled: ['used'] },
  'mark-dead-agent': { calls: ['MARK_AGENT_GONE'], settled: ['used'] },
  'freeze-override': {
    calls: ['DRAIN_AGENT'],
    settled: ['used'],
    says: [proven],
    filed: ['command.refused against-policy'],
  },
  collision: {
    calls: ['DRAIN_AGENT', 'DRAIN_AGENT'],
    settled: [],
    says: [proven],
    filed: ['command.refused collides'],
  },
  brake: {
    calls: ['DRAIN_AGENT'],
    settled: ['used'],
    says: [proven],
    filed: ['command.refused against-policy'],
  },
  'policy-reload': {
    calls: ['DRAIN_AGENT', 'DRAIN_AGENT'],
    settled: ['used'],
    approvers: ['dev', 'ines'],
    filed: [
      'policy.changed changed',
      'policy.broken kept',
      'command.refused policy-broken',
      'policy.changed restored',
    ],
    errors: ['the policy can not be read: the one before stands, and nothing irreversible is done'],
  },
  'two-approvers': {
    calls: ['DRAIN_AGENT', 'DRAIN_AGENT'],
    settled: ['used'],
    approvers: ['ines', 'dev'],
    env: slow,
    says: [
      '*Approved by <@U0DEV00001>:* 1 of 2 approvals for a1; one of <!subteam^S0LEADS001> is still missing.',
      '*Approved by <@U0DEV00001> and <@U0INES0001>.*',
      '*<@U0DEV00001> took a vote on a1 back.*',
      '*Nothing leaves for now:*',
      '*Approved by <@U0INES0001> and <@U0DEV00001>.*',
      'is gone, proven',
    ],
    filed: ['approval.vote refused not-entitled', 'approval.released'],
  },
  'bot-away-between-calls': { calls: ['DRAIN_AGENT', 'DRAIN_AGENT'], settled: ['used'] },
  manual: {
    calls: ['DEACTIVATE_AGENT', 'REACTIVATE_AGENT'],
    settled: [],
    says: [
      '*Deactivated:* the master took it',
      '2 tasks there: their frameworks move or end them, nothing is killed.',
      '*1 of 2 tasks off* agent3.example, 1 left',
      'holds nothing any more* <@U0MARA0001>',
      proven,
      '*Checked:* deactivated, without a drain, in two reads of one and the same leading master',
      'the agent itself, both times: 0 pending, 0 queued and 0 launched tasks, 0 executors',
      'is back in service',
      'was reactivated',
    ],
    never: ['DRAINED', 'DRAINING', ' drained', '*Stuck:*'],
    filed: ['drain.emptied master-and-agent', 'drain.ended reactivated'],
  },
  'stuck-framework': {
    calls: ['DRAIN_AGENT'],
    settled: [],
    env: slow,
    says: ['*Started:*', '*Stuck:*', 'chronos', 'acknowledge', proven, '*Checked:*', proven],
    never: ['was marked gone', 'no longer listed'],
    filed: ['drain.waiting unacknowledged', 'drain.drained master-and-agent'],
  },
  'stuck-operation': {
    calls: ['DRAIN_AGENT'],
    settled: [],
    env: slow,
    says: ['*Stuck:*', '1 operation', 'CREATE_DISK', '` of marathon.', proven, '0 pending operations'],
    filed: ['drain.waiting operations-pending', 'drain.drained master-and-agent'],
  },
  'missed-check': {
    calls: ['DRAIN_AGENT', 'DRAIN_AGENT'],
    settled: [],
    env: slow,
    says: [
      '*Stuck:*',
      'chronos',
      'report.1',
      '*Moving again:*',
      'nudge 1 of 5',
      'missed its own check',
      proven,
      '*Checked:*',
    ],
    never: ['nudge 2 of 5', 'did not help'],
    filed: ['drain.waiting unacknowledged', 'call.intended nudge 1 of 5', 'drain.drained master-and-agent'],
  },
  'two-clusters-one-down': {
    calls: ['DRAIN_AGENT'],
    settled: [],
    env: { POLL_SECONDS: '20' },
    says: ['*Started:*', proven, 'on east'],
    never: ['on west', '*Stuck:*'],
    filed: [
      'command.refused which-cluster',
      'command.refused master-unreadable',
      'command.refused other-clusters-work',
    ],
  },
  hasten: {
    calls: ['DRAIN_AGENT', 'DRAIN_AGENT'],
    settled: [],
    says: [
      '*Started:*',
      '*Hastening d1*',
      'asked by <@U0DEV00001>',
      '*Hastened:*',
      'a grace of 10 s',
      proven,
    ],
    once: ['*Hastened:*'],
    filed: ['drain.hastened accepted', 'command.refused cannot-hasten'],
  },
  'slow-executor': {
    calls: ['DRAIN_AGENT'],
    settled: [],
    says: [
      'The master says DRAINED, but the agent still has 1 executor',
      "Don't take the machine down",
      proven,
      '0 executors',
    ],
    filed: ['drain.waiting agent-still-busy', 'drain.drained master-and-agent'],
  },
  'unreachable-returns': {
    calls: ['DRAIN_AGENT'],
    settled: [],
    says: [
      '1 of 2 tasks gone',
      'unreachable since',
      'when the agent returns, it drains',
      '*Moving again:*',
      'the agent was unreachable',
      proven,
    ],
    once: ['unreachable since', '*Moving again:*'],
    never: ['was marked gone', 'no longer listed', 'replaced'],
    filed: ['drain.waiting unreachable', 'drain.drained master-and-agent'],
  },
  'unreachable-forever': {
    calls: ['DRAIN_AGENT', 'MARK_AGENT_GONE'],
    settled: ['used'],
    unapproved: 'DRAIN_AGENT',
    env: slow,
    says: [
      'unreachable since',
      'is gone, proven',
      'the registry of one and the same leading master',
      // In the thread of the drain, which is another one.
      'is gone, as asked',
      '<@U0MARA0001> had this bot mark it gone.',
      'It had not been proven DRAINED.',
    ],
    never: ['is DRAINED', proven, 'It was not this bot'],
    filed: ['mark-gone.ended gone', 'drain.ended gone'],
    outsiders: [],
  },
  'failover-mid-drain': {
    calls: ['DRAIN_AGENT'],
    settled: [],
    says: ['1 of 2 tasks gone', proven, 'max grace period 10 min · started 14:00 UTC'],
    never: ['was marked gone', 'no longer listed', 'replaced', '*Stuck:*'],
    filed: ['drain.drained master-and-agent'],
  },
  'master-down-ten-minutes': {
    calls: ['DRAIN_AGENT'],
    settled: [],
    env: { POLL_SECONDS: '60' },
    says: ['*Started:*', '*Stuck:*', "The master can't be read", '*Moving again:*', proven, 'is not known'],
    once: ["The master can't be read"],
    never: ['was marked gone', 'no longer listed', 'unreachable since'],
    filed: ['drain.waiting master-silent', 'drain.drained master-and-agent'],
  },
  'new-agent-id': {
    calls: ['DRAIN_AGENT', 'DRAIN_AGENT'],
    settled: [],
    says: [
      'was replaced by S2, which is active',
      'It had not been proven DRAINED.',
      '(S2) is DRAINED',
      proven,
    ],
    never: ['(S0) is DRAINED', 'was marked gone'],
    filed: ['drain.ended replaced', 'drain.drained master-and-agent'],
  },
  superseded: {
    calls: ['DRAIN_AGENT', 'DRAIN_AGENT'],
    settled: [],
    outside: true,
    says: [
      'somebody changed this drain outside the bot',
      'a max grace period of 1 min',
      'marked gone',
      'It had not been proven DRAINED.',
    ],
    never: ['is DRAINED', proven],
    filed: ['drain.ended superseded'],
    outsiders: ['drain.ended superseded'],
  },
  'reactivated-elsewhere': {
    calls: ['DRAIN_AGENT', 'REACTIVATE_AGENT'],
    settled: [],
    outside: true,
    says: [
      proven,
      'was reactivated: it takes tasks again',
      'It had been drained before.',
      "Don't take the machine down.",
      'was reactivated',
    ],
    filed: ['drain.ended reactivated'],
    outsiders: ['drain.ended reactivated'],
  },
  'scheduled-cant-drain': {
    calls: [
      'UPDATE_MAINTENANCE_SCHEDULE',
      'UPDATE_MAINTENANCE_SCHEDULE',
      'DRAIN_AGENT',
      'UPDATE_MAINTENANCE_SCHEDULE',
    ],
    settled: [],
    says: ['*Taken out of the schedule:* `agent3.example (127.0.0.1)`', '*Started:*', proven],
    once: ['*Started:*'],
    filed: ['command.refused scheduled-for-maintenance', 'drain.drained master-and-agent'],
  },
  'machine-taken-down': {
    calls: ['DRAIN_AGENT', 'START_MAINTENANCE'],
    settled: [],
    says: [
      'its machine was taken down for maintenance, and the agent was removed',
      'the machine `agent3.example (127.0.0.1)` as DOWN',
      'drain and deactivation are erased',
      'It had not been proven DRAINED.',
      'the agent comes back active',
    ],
    never: ['is DRAINED', proven, 'was marked gone'],
    outsiders: ['drain.ended removed'],
  },
  'changed-outside': {
    calls: ['DRAIN_AGENT', 'DEACTIVATE_AGENT', 'REACTIVATE_AGENT'],
    settled: [],
    outside: true,
    says: [
      proven,
      '*Changed outside the bot*, on playground',
      'agent4.example (S1) *was deactivated*',
      '/mesos reactivate agent4.example',
      '*Changed outside the bot*, on playground',
      '*While I was away*, from',
      'agent4.example (S1) *was reactivated*: it takes tasks again; before: deactivated',
      'Machine `agent4.example (127.0.0.1)`, which is agent4.example (S1), *was scheduled for maintenance*',
    ],
    never: ['agent3.example (S0) *'],
    once: ['*While I was away*', '*was deactivated*'],
    outsiders: ['outside.changed deactivated', 'outside.changed reactivated', 'outside.changed scheduled'],
  },
  'bot-down-an-hour': {
    calls: ['DRAIN_AGENT'],
    settled: [],
    says: [
      '*Started:*',
      '*Nobody looked* at d1 of agent3.example from 2026-11-22 14:00 UTC to 2026-11-22 15:00 UTC: the bot was away',
      proven,
      'How long it took for 2 tasks is not known',
      '*Checked:*',
    ],
    once: ['*Nobody looked*'],
    never: ['It took', '*Stuck:*'],
    filed: ['bot.stopped', 'drain.looked-again', 'drain.drained master-and-agent'],
  },
  'schedule-merge': {
    calls: ['UPDATE_MAINTENANCE_SCHEDULE', 'UPDATE_MAINTENANCE_SCHEDULE', 'UPDATE_MAINTENANCE_SCHEDULE'],
    settled: [],
    says: [
      '*Scheduled:* `agent3.example (127.0.0.1)`',
      'Plan p1 is done',
      '*Taken out of the schedule:*',
      'Plan p2 is done',
    ],
    never: ['overwritten', 'Somebody else wrote'],
    filed: ['plan.step-done schedule', 'plan.step-done clear', 'plan.ended done'],
    outsiders: [],
  },
  'schedule-lost-update': {
    calls: ['UPDATE_MAINTENANCE_SCHEDULE', 'UPDATE_MAINTENANCE_SCHEDULE', 'UPDATE_MAINTENANCE_SCHEDULE'],
    settled: [],
    says: [
      '*Not known yet* what became of UPDATE_MAINTENANCE_SCHEDULE',
      '*Found out:*',
      '*Scheduled:*',
      'Plan p2 is done',
    ],
    filed: ['command.answered shown again', 'call.unknown unknown', 'plan.effect-seen accepted'],
  },
  'maintenance-start': {
    calls: ['UPDATE_MAINTENANCE_SCHEDULE', 'START_MAINTENANCE'],
    settled: ['used'],
    says: ['*Scheduled:*', '*DOWN:*', 'Plan p1 is done', 'safe to work on', 'Approved by <@U0DEV00001> (a1)'],
    never: ['drains of plan'],
    filed: ['plan.step-done schedule', 'plan.step-done start', 'plan.ended done'],
    outsiders: [],
  },
  'drain-first': {
    calls: ['DRAIN_AGENT', 'UPDATE_MAINTENANCE_SCHEDULE', 'START_MAINTENANCE'],
    settled: ['used'],
    says: [
      'begins with its drains',
      '*Started:*',
      'agent3.example (S2) is DRAINED',
      '*Scheduled:*',
      '*DOWN:*',
      'Plan p1 is done',
      'agent S2 (d1)',
    ],
    never: ['Tasks that ran there are lost'],
    filed: ['drain.drained master-and-agent', 'plan.step-done schedule', 'plan.step-done start'],
    outsiders: [],
  },
  'start-stop-new-id': {
    calls: ['UPDATE_MAINTENANCE_SCHEDULE', 'START_MAINTENANCE', 'STOP_MAINTENANCE'],
    settled: ['used'],
    says: [
      '*DOWN:*',
      '*UP:*',
      '*Back under a new id:* agent3.example (S6)',
      'Before it was S2',
      'Plan p2 is done',
    ],
    filed: ['plan.step-done stop', 'plan.agent-back new-id'],
  },
  // The log of the copy that was put back.
  'restored-database': {
    calls: ['DRAIN_AGENT', 'DRAIN_AGENT', 'DRAIN_AGENT'],
    settled: ['restored'],
    says: [
      'is gone, proven',
      'From here on agent3.example (S2) is only watched:*',
      "is settled:* the bot's database was restored from the past",
      'this database does not know',
      'was marked gone',
      proven,
      'nothing is changed until somebody accepts that',
      'Void, and not asked again: a1.',
      'Only watched: d1.',
    ],
    never: ['Asked again'],
    filed: ['database.restored behind', 'command.refused database-restored', 'database.restore-accepted'],
    errors: ['the database was restored: changes wait'],
  },
};
