import { describe, expect, it } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { noticeId } from '../../src/domain/ids.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { agentTasks } from '../../src/mesos/shapes/tasks.ts';
import { slackChat } from '../../src/slack/chat.ts';
import { channel, drain } from '../support/samples.ts';

/** A Slack that answers every request the same. */
function slack(status: number, headers: Record<string, string>, body: string) {
  const client = new WebClient('xoxb-1', {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    fetch: async () => new Response(body, { status, headers }),
  });
  return slackChat(client, 'B1', null);
}

const to = { channel, threadTs: null, broadcast: false };
const fine: Notice = { kind: 'effect-seen', drain: drain().id, hostname: 'agent3' };
/** A notice of a shape that an older bot queued, which cannot be shown. */
const broken = { kind: 'drained' } as unknown as Notice;

describe('a message that cannot be put into words', () => {
  it('is refused, and not taken for one that Slack may have', async () => {
    const chat = slack(200, {}, '{"ok":true,"ts":"1.000001"}');
    const refused = { kind: 'refused', code: 'not_renderable' };
    expect(await chat.post(to, broken, [noticeId('n')])).toEqual(refused);
    expect(await chat.answer('https://hooks.slack.com/commands/1', broken)).toEqual(refused);
  });
});

describe("Slack's Retry-After", () => {
  it.each([
    ['31536000', 3_600_000],
    ['-5', 1_000],
    ['0', 1_000],
    ['7', 7_000],
  ])('of %s s is waited for %d ms', async (header, retryAfterMs) => {
    const chat = slack(429, { 'retry-after': header }, '');
    expect(await chat.post(to, fine, [])).toEqual({ kind: 'limited', retryAfterMs });
  });
});

describe("an agent's own word", () => {
  it('on a grace that no Mesos could hold is not taken', () => {
    const task = {
      task_id: { value: 't' },
      name: 't',
      framework_id: { value: 'f' },
      agent_id: { value: 'a' },
      state: 'TASK_RUNNING',
      kill_policy: { grace_period: { nanoseconds: 1e300 } },
    };
    expect(agentTasks.safeParse({ get_tasks: { launched_tasks: [task] } }).success).toBe(false);
  });
});
