import { MasterFault } from '../../src/app/faults.ts';
import type { Master, Sweep } from '../../src/app/ports.ts';
import type {
  AgentSighting,
  FrameworkFacts,
  MasterSighting,
  RegistryWord,
  TaskFacts,
} from '../../src/domain/agent.ts';
import type { MaintenanceSeen } from '../../src/domain/maintenance/seen.ts';
import type { Schedule } from '../../src/domain/outside/machines.ts';
import type { ListedTask } from '../../src/domain/preview/spread.ts';
import { agent, asked, cluster, frameworkFacts, leader, operation, shows } from './samples.ts';

/** What a master and its agent say; a read named in `failing` throws. */
export interface MasterSays {
  lookAt?: MasterSighting;
  askAgent?: AgentSighting;
  frameworks?: FrameworkFacts[];
  tasksOf?: TaskFacts[];
  tasksOfFramework?: ListedTask[];
  pendingOperationsOf?: number;
  scheduled?: string | null;
  sweep?: Sweep;
  /** Of every agent it is asked about. */
  registry?: RegistryWord;
  schedule?: Omit<Schedule, 'at'>;
  maintenance?: MaintenanceSeen;
  failing?: (keyof Master)[];
}

/** A master that answers at once and always the same, and remembers what it was asked. */
export function fakeMaster(says: MasterSays = {}) {
  const reads: (keyof Master)[] = [];
  const read = async <T>(name: keyof Master, value: T): Promise<T> => {
    reads.push(name);
    if (says.failing?.includes(name)) throw new MasterFault(`${name} was not answered`);
    return value;
  };
  const self = { id: leader, version: '1.11.0', url: 'http://master1.example:5050', canDrain: true };
  const master: Master = {
    cluster,
    leader: () => read('leader', self),
    sweep: () => read('sweep', says.sweep ?? { leader: self, registered: [agent()], recovered: [] }),
    lookAt: () => read('lookAt', says.lookAt ?? shows(null)),
    askAgent: () => read('askAgent', says.askAgent ?? asked(1)),
    frameworks: () => read('frameworks', says.frameworks ?? [frameworkFacts()]),
    tasksOf: () => read('tasksOf', says.tasksOf ?? []),
    tasksOfFramework: (_, { offset, limit }) =>
      read('tasksOfFramework', (says.tasksOfFramework ?? []).slice(offset, offset + limit)),
    pendingOperationsOf: () =>
      read(
        'pendingOperationsOf',
        Array.from({ length: says.pendingOperationsOf ?? 0 }, () => operation()),
      ),
    registryOn: async (agents) => {
      const word = says.registry ?? { kind: 'none' as const, down: [] };
      return read('registryOn', { leader, words: new Map(agents.map((each) => [each, word])) });
    },
    scheduled: () => read('scheduled', says.scheduled ?? null),
    schedule: () => read('schedule', says.schedule ?? { leader, machines: [] }),
    maintenance: () =>
      read('maintenance', says.maintenance ?? { leader, windows: [], draining: [], down: [] }),
  };
  return { master, reads };
}
