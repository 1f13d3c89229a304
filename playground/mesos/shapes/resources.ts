import { double, type Json, type JsonObject } from '../json/write.ts';
import type { AgentSpec, Amounts, ReservationSpec, TaskSpec, VolumeSpec } from '../spec.ts';

const SCALARS = ['cpus', 'gpus', 'mem', 'disk'] as const;

const DEFAULT_AGENT: Amounts = { cpus: 4, mem: 2048, disk: 4096, ports: [[31000, 32000]] };
const DEFAULT_TASK: Amounts = { cpus: 0.5, mem: 64 };

/** What an agent was configured with. */
export const agentAmounts = (spec: AgentSpec): Amounts => spec.resources ?? DEFAULT_AGENT;

/** What a task asked for. */
export const taskAmounts = (spec: TaskSpec): Amounts => spec.resources ?? DEFAULT_TASK;

const ranges = (ports: Amounts['ports']): JsonObject => ({
  range: (ports ?? []).map(([begin, end]) => ({ begin, end })),
});

/** Resource messages of amounts: cpus, gpus, mem, disk, ports, each with the extra fields given. */
export const resources = (amounts: Amounts, extra: JsonObject = {}): JsonObject[] => [
  ...SCALARS.filter((name) => amounts[name] !== undefined).map((name) => ({
    name,
    type: 'SCALAR',
    scalar: { value: double(amounts[name] ?? 0) },
    ...extra,
  })),
  ...(amounts.ports === undefined
    ? []
    : [{ name: 'ports', type: 'RANGES', ranges: ranges(amounts.ports), ...extra }]),
];

/** Amounts less what is set aside of them; ports are never set aside. */
const minus = (amounts: Amounts, taken: readonly Amounts[]): Amounts => {
  const left = Object.fromEntries(
    SCALARS.filter((name) => amounts[name] !== undefined).map((name) => [
      name,
      (amounts[name] ?? 0) - taken.reduce((sum, each) => sum + (each[name] ?? 0), 0),
    ]),
  );
  return { ...left, ...(amounts.ports === undefined ? {} : { ports: amounts.ports }) };
};

/** The sum of amounts; ports are appended. */
export const sum = (all: readonly Amounts[]): Amounts => {
  const scalars = SCALARS.filter((name) => all.some((each) => each[name] !== undefined));
  const ports = all.flatMap((each) => each.ports ?? []);
  return {
    ...Object.fromEntries(
      scalars.map((name) => [name, all.reduce((total, each) => total + (each[name] ?? 0), 0)]),
    ),
    ...(ports.length === 0 ? {} : { ports }),
  };
};

const setAside = (spec: AgentSpec): Amounts[] => [
  ...(spec.reservations ?? []),
  ...(spec.volumes ?? []).map(({ size }) => ({ disk: size })),
];

/** What is left of an agent's resources after reservations and volumes. */
export const unreserved = (spec: AgentSpec): Amounts => minus(agentAmounts(spec), setAside(spec));

const dynamic = ({ role, principal }: { role: string; principal: string }): JsonObject => ({
  role,
  reservation: { principal },
  reservations: [{ type: 'DYNAMIC', role, principal }],
});

const volume = (spec: VolumeSpec): JsonObject => ({
  name: 'disk',
  type: 'SCALAR',
  scalar: { value: double(spec.size) },
  ...dynamic(spec),
  disk: {
    persistence: { id: spec.id, principal: spec.principal },
    volume: { mode: 'RW', container_path: spec.containerPath },
  },
});

const reserved = (spec: ReservationSpec): JsonObject[] => resources(spec, dynamic(spec));

/** Reserved resources and volumes by role, in the "endpoint" form. */
export const reservedByRole = (spec: AgentSpec): Map<string, JsonObject[]> => {
  const roles = new Map<string, JsonObject[]>();
  const add = (role: string, all: JsonObject[]) => roles.set(role, [...(roles.get(role) ?? []), ...all]);
  for (const each of spec.reservations ?? []) add(each.role, reserved(each));
  for (const each of spec.volumes ?? []) add(each.role, [volume(each)]);
  return roles;
};

/** `total_resources`: the "endpoint" form, with roles. */
export const totalResources = (spec: AgentSpec): JsonObject[] => [
  ...resources(unreserved(spec), { role: '*' }),
  ...[...reservedByRole(spec).values()].flat(),
];

const volumesOf = (task: TaskSpec, agent: AgentSpec): VolumeSpec[] =>
  (agent.volumes ?? []).filter(({ id }) => task.volumes?.includes(id));

/** A task's resources in their raw form: no `role`, an allocation. */
export const taskResources = (task: TaskSpec, agent: AgentSpec, role: string): JsonObject[] => [
  ...resources(taskAmounts(task), { allocation_info: { role } }),
  ...volumesOf(task, agent).map((spec) => {
    const { role: _role, reservation: _reservation, ...raw } = volume(spec);
    return { ...raw, allocation_info: { role } };
  }),
];

/** `allocated_resources` of tasks by role; undefined (the key is left out) when there are none. */
export const allocated = (tasks: readonly { spec: TaskSpec; role: string }[]): Json | undefined => {
  const roles = [...new Set(tasks.map(({ role }) => role))];
  const all = roles.flatMap((role) =>
    resources(sum(tasks.filter((task) => task.role === role).map(({ spec }) => taskAmounts(spec))), {
      role: '*',
      allocation_info: { role },
    }),
  );
  return all.length === 0 ? undefined : all;
};
