import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ecsDocument } from '../../../../src/domain/audit/export/ecs.ts';
import { eventKinds } from '../../../../src/domain/audit/export/events.ts';
import { fields, valueIn } from '../../../../src/domain/audit/export/fields.ts';
import { exportFormats } from '../../../../src/domain/audit/export/formats.ts';
import { ocsfDocument } from '../../../../src/domain/audit/export/ocsf.ts';
import { type AuditEntry, auditEvents } from '../../../../src/domain/audit.ts';
import { full, least, logged } from './full-entry.ts';
import { withTables } from './tables.ts';

const olga: AuditEntry['actor'] = { kind: 'os-user', name: 'olga', host: 'bot-1' };

/** The paths of all leaves; what has a form of its own in each event is one leaf. */
function leavesOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((each) => leavesOf(each, path)))];
  if (typeof value !== 'object' || value === null || path === 'facts' || path === 'command.parsed')
    return [path];
  return Object.entries(value).flatMap(([key, member]) =>
    leavesOf(member, path === '' ? key : `${path}.${key}`),
  );
}

describe('the table of fields', () => {
  it('has every leaf of an entry, and none that no entry has', () => {
    const leaves = new Set([...leavesOf(full), ...leavesOf({ ...full, actor: olga })]);
    expect(new Set(fields.map(({ of }) => of))).toEqual(new Set([...leaves, 'hash', 'entry']));
  });

  it('gives no two of them one place', () => {
    for (const format of ['csv', 'ecs', 'ocsf'] as const) {
      const places = fields.map((field) => String(field[format])).filter((each) => each !== 'null');
      expect(new Set(places).size).toBe(places.length);
    }
  });

  it('reads lists as what each member has', () => {
    expect(valueIn(logged(full), 'approval.by.name')).toEqual(['bob', 'carol']);
    expect(valueIn(logged(least()), 'approval.by.name')).toBeUndefined();
  });
});

describe('docs/audit-export.md', () => {
  it('has the tables that the code has', () => {
    const page = readFileSync(new URL('../../../../docs/audit-export.md', import.meta.url), 'utf8');
    expect(page).toBe(withTables(page));
    expect(page.match(/<!-- \w+ -->/g)).toHaveLength(5);
  });
});

describe('JSON lines', () => {
  it('have the entry verbatim beside its hash', () => {
    const { row, entry } = logged(full);
    expect(exportFormats.jsonl.line({ row, entry })).toBe(`{"hash":"${row.hash}","entry":${row.text}}\n`);
  });
});

describe('a document of ECS', () => {
  it('has each field where ECS has it', () => {
    const { row, entry } = logged(full);
    expect(ecsDocument({ row, entry })).toEqual({
      '@timestamp': full.at,
      ecs: { version: '8.17.0' },
      message: 'alice: call.accepted, DRAIN_AGENT, agent3.example, d17, a9, accepted',
      event: {
        kind: 'event',
        category: ['api'],
        type: ['change'],
        action: 'call.accepted',
        outcome: 'success',
        id: row.hash,
        hash: row.hash,
        original: row.text,
        sequence: 412,
        duration: 1_250_000_000,
        reason: full.reason,
        reference: full.place.thread,
        module: 'mesos_chatops',
        dataset: 'mesos_chatops.audit',
      },
      user: { id: 'U0ALICE00', name: 'alice', domain: 'T0HOME00' },
      labels: { correlation: 'c-2', drain: '17', plan: '3', approval: '9' },
      orchestrator: {
        type: 'mesos',
        cluster: { name: 'prod' },
        resource: { type: 'agent', id: full.agent.id, name: full.agent.hostname },
      },
      url: { full: full.request.url },
      http: {
        request: { method: 'POST', body: { content: full.request.body } },
        response: { status_code: 202, body: { content: 'taken', bytes: 5 } },
      },
      related: {
        user: ['U0ALICE00', 'alice', 'U0BOB0000', 'bob', 'U0CAROL00', 'carol'],
        hosts: ['agent3.example'],
      },
      mesos_chatops: {
        v: 1,
        actor: 'person',
        master: 'master-1',
        approved_by: {
          id: ['U0BOB0000', 'U0CAROL00'],
          domain: ['T0HOME00', 'T0HOME00'],
          name: ['bob', 'carol'],
        },
        command: { typed: full.command.typed, via: 'button', parsed: '{"markGone":true,"verb":"drain"}' },
        machines: { hostname: ['agent3.example'], ip: ['10.0.0.3'] },
        channel: 'C0OPS',
        call: 'DRAIN_AGENT',
        decision: 'allowed',
        outcome: 'accepted',
        response: { body_sha256: 'ab12' },
        facts: '{"left":3,"why":["a","b"]}',
      },
    });
  });

  it.each<[string, Partial<AuditEntry>, object]>([
    ['of the bot has no user', {}, { event: { category: ['process'], type: ['start'], outcome: 'success' } }],
    [
      'of somebody at the bot’s machine has that machine',
      { actor: olga },
      { user: { name: 'olga' }, host: { name: 'bot-1' }, related: { user: ['olga'], hosts: ['bot-1'] } },
    ],
    [
      'of a refused command is denied',
      { event: 'command.refused', decision: 'not-operator' },
      { event: { category: ['api'], type: ['denied'], outcome: 'failure' } },
    ],
    [
      'of an agent that was marked gone is a deletion',
      { event: 'call.accepted', request: { call: 'MARK_AGENT_GONE', body: '{}' } },
      { event: { type: ['deletion'] } },
    ],
    [
      'of a denied question failed',
      { event: 'approval.settled', outcome: 'denied' },
      { event: { outcome: 'failure' } },
    ],
    [
      'of an end that this version does not know',
      { event: 'drain.ended', outcome: 'new' },
      { event: { outcome: 'unknown' } },
    ],
    [
      'of an answer that never came has no status',
      { response: { ...full.response, status: null } },
      { http: { response: { body: { bytes: 5 } } } },
    ],
    [
      'of an event that this version does not know',
      { event: 'x.y' as AuditEntry['event'] },
      { event: { action: 'x.y' } },
    ],
  ])('%s', (_, over, document) => {
    expect(ecsDocument(logged(least(over)))).toMatchObject(document);
  });

  it('leaves out what an entry does not have', () => {
    expect(Object.keys(ecsDocument(logged(least()))).toSorted()).toEqual([
      '@timestamp',
      'ecs',
      'event',
      'labels',
      'mesos_chatops',
      'message',
    ]);
  });

  /** Source: Elastic, ECS 8.17, allowed values of event.category, with the event types expected for each. */
  const expected: Record<string, string[]> = {
    api: [
      'access',
      'admin',
      'allowed',
      'change',
      'creation',
      'deletion',
      'denied',
      'end',
      'info',
      'start',
      'user',
    ],
    configuration: ['access', 'change', 'creation', 'deletion', 'info'],
    database: ['access', 'change', 'info', 'error'],
    host: ['access', 'change', 'end', 'info', 'start'],
    process: ['access', 'change', 'end', 'info', 'start'],
  };
  it.each(auditEvents)('of %s has a category and a type that ECS knows', (event) => {
    const [category, type] = eventKinds[event].ecs ?? [];
    if (category !== undefined) expect(expected[category]).toContain(type);
    else expect(ecsDocument(logged(least({ event })))['event']).not.toHaveProperty('category');
  });
});

describe('an event of OCSF', () => {
  it('has each field where OCSF has it', () => {
    const { row, entry } = logged(full);
    expect(ocsfDocument({ row, entry })).toEqual({
      time: Date.parse(full.at),
      metadata: {
        version: '1.6.0',
        product: { name: 'mesos-chatops', vendor_name: 'mesos-chatops' },
        log_provider: 'mesos-chatops',
        log_name: 'audit',
        log_version: '1',
        original_time: full.at,
        sequence: 412,
        uid: row.hash,
        event_code: 'call.accepted',
        correlation_uid: 'c-2',
      },
      category_uid: 6,
      category_name: 'Application Activity',
      class_uid: 6003,
      class_name: 'API Activity',
      activity_id: 3,
      activity_name: 'Update',
      type_uid: 600303,
      type_name: 'API Activity: Update',
      severity_id: 1,
      severity: 'Informational',
      status_id: 1,
      status: 'Success',
      status_code: 'accepted',
      status_detail: 'allowed',
      message: 'alice: call.accepted, DRAIN_AGENT, agent3.example, d17, a9, accepted',
      duration: 1250,
      actor: { user: { uid: 'U0ALICE00', name: 'alice', domain: 'T0HOME00' } },
      src_endpoint: { svc_name: 'Slack' },
      dst_endpoint: { svc_name: 'Mesos master', uid: 'master-1' },
      api: {
        operation: 'DRAIN_AGENT',
        service: { name: 'Mesos operator API' },
        request: { uid: 'c-2', data: { type: 'DRAIN_AGENT' } },
        response: { code: 202, message: 'taken' },
      },
      http_request: { http_method: 'POST', url: { url_string: full.request.url } },
      resources: [
        { type: 'cluster', name: 'prod' },
        { type: 'agent', uid: full.agent.id, name: 'agent3.example' },
      ],
      raw_data: row.text,
      unmapped: {
        actor: 'person',
        drain: 17,
        plan: 3,
        machines: { hostname: ['agent3.example'], ip: ['10.0.0.3'] },
        approval: 9,
        approved_by: {
          uid: ['U0BOB0000', 'U0CAROL00'],
          domain: ['T0HOME00', 'T0HOME00'],
          name: ['bob', 'carol'],
        },
        command: full.command,
        channel: 'C0OPS',
        thread: full.place.thread,
        reason: full.reason,
        call: 'DRAIN_AGENT',
        response: { body_bytes: 5, body_sha256: 'ab12' },
        facts: full.facts,
      },
    });
  });

  it.each<[string, Partial<AuditEntry>, object]>([
    ['of the bot', {}, { actor: { app_name: 'mesos-chatops' }, src_endpoint: { svc_name: 'mesos-chatops' } }],
    [
      'of somebody outside the bot',
      { actor: { kind: 'outside' } },
      { actor: { app_name: 'unknown' }, src_endpoint: { svc_name: 'unknown' } },
    ],
    [
      'of somebody at the bot’s machine',
      { actor: olga },
      { actor: { user: { name: 'olga' } }, src_endpoint: { svc_name: 'mesos-chatops', hostname: 'bot-1' } },
    ],
    [
      'of a read',
      { event: 'command.answered', command: { typed: 'status', parsed: { verb: 'status' } } },
      { activity_id: 2, api: { operation: 'status', service: { name: 'mesos-chatops' } } },
    ],
    [
      'of the mark gone of a dead agent',
      { event: 'call.intended', request: { call: 'MARK_AGENT_GONE', body: 'no JSON' } },
      { activity_id: 4, type_uid: 600304, status_id: 0, api: { request: { data: { text: 'no JSON' } } } },
    ],
    [
      'of a restored database',
      { event: 'database.restored' },
      {
        activity_id: 99,
        activity_name: 'database.restored',
        type_name: 'API Activity: Other',
        severity_id: 4,
      },
    ],
  ])('%s', (_, over, event) => {
    expect(ocsfDocument(logged(least(over)))).toMatchObject(event);
  });

  /** Source: OCSF 1.6.0, API Activity and its objects: what is required, and what at least one of is. */
  it.each(auditEvents)('of %s has what OCSF requires', (event) => {
    for (const actor of [full.actor, olga, { kind: 'bot' }, { kind: 'outside' }] as const)
      expect(ocsfDocument(logged(least({ event, actor })))).toMatchObject({
        time: expect.any(Number),
        metadata: { version: '1.6.0', product: { name: expect.any(String) } },
        category_uid: 6,
        class_uid: 6003,
        activity_id: expect.any(Number),
        type_uid: expect.any(Number),
        severity_id: expect.any(Number),
        api: { operation: expect.any(String) },
        src_endpoint: { svc_name: expect.any(String) },
        actor: expect.objectContaining(
          actor.kind === 'person' || actor.kind === 'os-user'
            ? { user: expect.objectContaining({ name: expect.any(String) }) }
            : { app_name: expect.any(String) },
        ),
      });
  });
});
