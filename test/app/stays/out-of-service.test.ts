import { expect, it } from '@jest/globals';
import type { Store } from '../../../src/app/ports.ts';
import { outOfService } from '../../../src/app/stays/out-of-service.ts';
import * as s from '../../support/rolling-samples.ts';
import { at, cluster } from '../../support/samples.ts';

const plan = s.rolling([s.away, s.awayBefore]);
const store = {
  openDrains: async () => [],
  outOfService: async () => [],
  unendedPlans: async () => [plan],
  directory: async () =>
    plan.lines.map(({ agentId, hostname }) => ({ agentId, hostname, state: 'deactivated' })),
  auditBefore: async () => [],
} as unknown as Store;

it('what waits on the list of a rolling plan is out of service by who asked for the plan, if the plan did it', async () => {
  const { userId } = plan.requester;
  expect((await outOfService(store, cluster, true)).lines).toMatchObject([
    { hostname: 'agent1.example', by: userId, since: at(2), reason: 'new switch' },
    { hostname: 'agent2.example', by: null, since: null, reason: null },
  ]);
});
