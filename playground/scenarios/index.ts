import { autoReturn } from './auto-return.ts';
import { botAwayBetweenCalls } from './bot-away-between-calls.ts';
import { botDownAnHour } from './bot-down-an-hour.ts';
import { brake } from './brake.ts';
import { cancelGone } from './cancel-gone.ts';
import { changedOutside } from './changed-outside.ts';
import { collision } from './collision.ts';
import { denied } from './denied.ts';
import { drainAndReturn } from './drain-and-return.ts';
import { drainFirst } from './drain-first.ts';
import { drift } from './drift.ts';
import { expired } from './expired.ts';
import { failoverMidDrain } from './failover-mid-drain.ts';
import { forgotten } from './forgotten.ts';
import { freezeOverride } from './freeze-override.ts';
import { happyDrain } from './happy-drain.ts';
import { hasten } from './hasten.ts';
import { holdStopped } from './hold-stopped.ts';
import { machineTakenDown } from './machine-taken-down.ts';
import { maintenanceStart } from './maintenance-start.ts';
import { manual } from './manual.ts';
import { markDeadAgent } from './mark-dead-agent.ts';
import { markGone } from './mark-gone.ts';
import { masterDownTenMinutes } from './master-down-ten-minutes.ts';
import { missedCheck } from './missed-check.ts';
import { newAgentId } from './new-agent-id.ts';
import { policyReload } from './policy-reload.ts';
import { rackDrain } from './rack-drain.ts';
import { reactivatedElsewhere } from './reactivated-elsewhere.ts';
import { restoredDatabase } from './restored-database.ts';
import { rollingCancel } from './rolling-cancel.ts';
import { rollingGateFails } from './rolling-gate-fails.ts';
import { rollingHappy } from './rolling-happy.ts';
import { rollingRestart } from './rolling-restart.ts';
import { rollingStuck } from './rolling-stuck.ts';
import { scheduleLostUpdate } from './schedule-lost-update.ts';
import { scheduleMerge } from './schedule-merge.ts';
import { scheduled } from './scheduled.ts';
import { scheduledCantDrain } from './scheduled-cant-drain.ts';
import { slowExecutor } from './slow-executor.ts';
import { startStopNewId } from './start-stop-new-id.ts';
import type { Story } from './story.ts';
import { stuckFramework } from './stuck-framework.ts';
import { stuckOperation } from './stuck-operation.ts';
import { superseded } from './superseded.ts';
import { twoApprovers } from './two-approvers.ts';
import { twoClustersOneDown } from './two-clusters-one-down.ts';
import { unattendedCutsGrace } from './unattended-cuts-grace.ts';
import { unreachableForever } from './unreachable-forever.ts';
import { unreachableReturns } from './unreachable-returns.ts';
import { withdrawn } from './withdrawn.ts';

/** Every story, the demo's first. */
export const stories: readonly Story[] = [
  markGone,
  happyDrain,
  drainAndReturn,
  autoReturn,
  forgotten,
  rackDrain,
  rollingHappy,
  rollingStuck,
  rollingGateFails,
  rollingCancel,
  rollingRestart,
  scheduled,
  denied,
  expired,
  withdrawn,
  holdStopped,
  drift,
  cancelGone,
  unattendedCutsGrace,
  markDeadAgent,
  botAwayBetweenCalls,
  manual,
  stuckFramework,
  stuckOperation,
  missedCheck,
  hasten,
  slowExecutor,
  unreachableReturns,
  unreachableForever,
  failoverMidDrain,
  masterDownTenMinutes,
  newAgentId,
  superseded,
  reactivatedElsewhere,
  scheduledCantDrain,
  machineTakenDown,
  scheduleMerge,
  scheduleLostUpdate,
  maintenanceStart,
  startStopNewId,
  drainFirst,
  changedOutside,
  botDownAnHour,
  freezeOverride,
  collision,
  brake,
  policyReload,
  twoApprovers,
  restoredDatabase,
  twoClustersOneDown,
];
