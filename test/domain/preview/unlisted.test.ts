import { describe, expect, it } from '@jest/globals';
import type { TaskFacts } from '../../../src/domain/agent.ts';
import { unlistedUse } from '../../../src/domain/preview/unlisted.ts';
import { task } from '../../support/samples.ts';

const web = task({ resources: { cpus: 0.1, mem: 512, disk: 0, gpus: 0 } });
const own: TaskFacts = { ...web, executor: 'own' };

describe('what is in use beyond the tasks that are listed', () => {
  it.each<[string, TaskFacts[], number, number, object | null]>([
    ['nothing', [web, web, web], 0.3, 1536, null],
    ['what three tasks of others take', [web], 3.1, 2560, { cpus: 3, mem: 2048 }],
    ['memory alone', [web], 0.1, 1024, { cpus: 0, mem: 512 }],
    ["an executor's share", [own], 0.35, 768, null],
    ['more than an executor takes', [own], 2.1, 512, { cpus: 2, mem: 0 }],
    ['less, for one has begun since', [web, web], 0.1, 512, null],
  ])('is %s', (_, tasks, cpus, mem, left) => {
    expect(unlistedUse(tasks, { cpus, mem, disk: 0, gpus: 0 })).toEqual(left);
  });
});
