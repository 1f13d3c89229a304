import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import { agentId } from '../../src/domain/ids.ts';
import { documentReader } from '../../src/mesos/document-reader.ts';
import { agentExecutors, agentSelf } from '../../src/mesos/shapes/agent-self.ts';
import { agents } from '../../src/mesos/shapes/agents.ts';
import { isExact } from '../../src/mesos/shapes/exact.ts';
import { frameworks } from '../../src/mesos/shapes/frameworks.ts';
import { leader } from '../../src/mesos/shapes/leader.ts';
import { maintenanceStatus, scheduledMachine, scheduleWindows } from '../../src/mesos/shapes/maintenance.ts';
import { pendingOperations } from '../../src/mesos/shapes/operations.ts';
import { registry } from '../../src/mesos/shapes/registry.ts';
import { slaves } from '../../src/mesos/shapes/slaves.ts';
import { agentTasks, masterTasks } from '../../src/mesos/shapes/tasks.ts';

/** Every answer that a real cluster gave to a read we use, by the first key of its document and the server. */
const folder = new URL('../recordings/', import.meta.url);

const recorded = readdirSync(folder)
  .filter((name) => name.endsWith('.http'))
  .flatMap((name) => {
    const [request = '', response = ''] = readFileSync(new URL(name, folder), 'utf8').split(
      '===== RESPONSE (raw bytes as received) =====',
    );
    const body = response.slice(response.search(/\r?\n\r?\n/)).trim();
    if (!/^\s*HTTP\/1\.1 200/.test(response) || !body.startsWith('{')) return [];
    try {
      return [{ name, request, body, document: JSON.parse(body) as Record<string, unknown> }];
    } catch {
      return [];
    }
  });

function answersTo(mark: RegExp, key: string) {
  return recorded.filter(({ request, document }) => mark.test(request) && key in document);
}

const anyone = agentId('S0');

/** The document that a reader of this shape makes of a text in pieces of so many bytes. */
function arrived(shape: z.ZodType, text: string, piece: number): unknown {
  const reader = documentReader(shape);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += piece) reader.take(bytes.subarray(at, at + piece));
  return reader.finish()?.document;
}

describe('every recorded answer', () => {
  it.each<[string, RegExp, string, z.ZodType, number]>([
    ['GET_MASTER', /GET_MASTER/, 'get_master', leader, 1],
    ['GET_AGENTS', /GET_AGENTS/, 'get_agents', agents, 30],
    ['/slaves', /GET \/slaves/, 'slaves', slaves(anyone), 3],
    ['the registry', /registrar/, 'master', registry, 2],
    ['GET_FRAMEWORKS', /GET_FRAMEWORKS/, 'get_frameworks', frameworks, 2],
    ["the master's GET_TASKS", /master GET_TASKS|5050[\s\S]*GET_TASKS/, 'get_tasks', masterTasks(anyone), 5],
    ["the agents' GET_TASKS", /agent GET_TASKS/, 'get_tasks', agentTasks, 3],
    ["the agents' GET_AGENT", /GET_AGENT"/, 'get_agent', agentSelf, 5],
    ["the agents' GET_EXECUTORS", /GET_EXECUTORS/, 'get_executors', agentExecutors, 2],
    ['GET_OPERATIONS', /GET_OPERATIONS/, 'get_operations', pendingOperations(anyone), 4],
    [
      'the maintenance schedule',
      /GET_MAINTENANCE_SCHEDULE/,
      'get_maintenance_schedule',
      scheduledMachine({ hostname: 'x', ip: 'y' }),
      2,
    ],
    [
      'the whole maintenance schedule',
      /GET_MAINTENANCE_SCHEDULE/,
      'get_maintenance_schedule',
      scheduleWindows,
      2,
    ],
    ['the maintenance status', /GET_MAINTENANCE_STATUS/, 'get_maintenance_status', maintenanceStatus, 2],
  ])('to %s is understood, at once and while it arrives', (_, mark, key, shape, atLeast) => {
    const answers = answersTo(mark, key);
    expect(answers.length).toBeGreaterThanOrEqual(atLeast);
    const amiss = answers.flatMap(({ name, body, document }) => {
      // JSON.parse rounds what an exact shape must see as it is.
      const read = shape.safeParse(isExact(shape) ? arrived(shape, body, Infinity) : document);
      if (!read.success) return [`${name}: ${read.error.message}`];
      expect(shape.safeParse(arrived(shape, body, 100))).toEqual(read);
      return [];
    });
    expect(amiss).toEqual([]);
  });
});
