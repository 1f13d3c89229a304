import { double, type JsonObject } from '../json/write.ts';
import type { FrameworkSpec } from '../spec.ts';
import {
  type AgentProcess,
  type Cluster,
  DEFAULT_FRAMEWORK_CAPABILITIES,
  type Leader,
  type MasterFramework,
  schedulerOf,
} from '../state.ts';
import { allocationsOn } from './agents.ts';
import { id, timeInfo } from './common.ts';
import { allocated } from './resources.ts';

/** FrameworkInfo. */
export const frameworkInfo = (spec: FrameworkSpec, frameworkId: string): JsonObject => ({
  user: spec.user ?? 'root',
  name: spec.name,
  id: id(frameworkId),
  failover_timeout: double(spec.failoverTimeoutSeconds ?? 0),
  checkpoint: spec.checkpoint ?? true,
  role: spec.role ?? '*',
  principal: spec.principal,
  webui_url: spec.webuiUrl,
  capabilities: (spec.capabilities ?? DEFAULT_FRAMEWORK_CAPABILITIES).map((type) => ({ type })),
});

const allocatedTo = (leader: Leader, framework: MasterFramework) =>
  allocated(
    [...leader.agents.values()]
      .map((agent) => ({
        ...agent,
        tasks: new Map([...agent.tasks].filter(([, task]) => task.frameworkId === framework.id)),
      }))
      .flatMap((agent) => allocationsOn(leader, agent)),
  );

const time = (at: number | null) => (at === null ? undefined : timeInfo(at));

const entry = (leader: Leader, framework: MasterFramework): JsonObject => ({
  framework_info: frameworkInfo(framework.spec, framework.id),
  active: framework.connected,
  connected: framework.connected,
  recovered: framework.recovered,
  registered_time: time(framework.registeredAt),
  reregistered_time: time(framework.reregisteredAt),
  unregistered_time: time(framework.unregisteredAt),
  allocated_resources: allocatedTo(leader, framework),
  offer_constraints: {},
});

/** `get_frameworks` of the master. */
export const getFrameworks = (leader: Leader, allowed: boolean): JsonObject => {
  const shown = (all: MasterFramework[]) => (allowed ? all.map((each) => entry(leader, each)) : []);
  return {
    frameworks: shown([...leader.frameworks.values()]),
    completed_frameworks: shown(leader.completedFrameworks),
  };
};

/** `get_frameworks` of an agent: those with tasks or executors on it. */
export const agentGetFrameworks = (cluster: Cluster, process: AgentProcess): JsonObject => {
  const running = new Set([...process.tasks.values()].map(({ task }) => task.frameworkId));
  const completed = new Set(process.completedTasks.map(({ frameworkId }) => frameworkId));
  const shown = (ids: Iterable<string>) =>
    [...ids].flatMap((frameworkId) => {
      const scheduler = schedulerOf(cluster, frameworkId);
      return scheduler === null ? [] : [{ framework_info: frameworkInfo(scheduler.spec, frameworkId) }];
    });
  return {
    frameworks: shown(running),
    completed_frameworks: shown([...completed].filter((each) => !running.has(each))),
  };
};
