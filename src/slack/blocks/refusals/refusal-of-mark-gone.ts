import { typedDuration } from '../../../domain/duration.ts';
import { maxSeconds, showDrainId } from '../../../domain/ids.ts';
import type { AgentLabel, Refusal } from '../../../domain/refusal.ts';
import { agentName, typable } from '../text/agent-name.ts';
import { link, plain, preformatted } from '../text/escape.ts';
import { count } from '../text/part.ts';
import { spoken } from '../text/time.ts';
import type { RefusalWords } from './refusal.ts';

type OfMarkGone = Extract<
  Refusal,
  {
    code:
      | 'unreachable-for-gone'
      | 'grace-differs'
      | 'unattended-too-late'
      | 'gone-by-others'
      | 'alive-with-tasks'
      | 'not-markable'
      | 'marking-open';
  }
>;

/** The refusals of marking an agent gone. Commands name it by its id: a hostname may mean several by now. */
export function refusalOfMarkGone(refusal: OfMarkGone): RefusalWords {
  switch (refusal.code) {
    case 'unreachable-for-gone':
      return {
        what: `${agentName(refusal.agent)} is unreachable, and is not drained to be marked gone`,
        why: 'The order would stay with the master, and fire when the repaired machine returns, perhaps long after.',
        toDo: `If the machine is dead and powered off: ${command(refusal.agent, 'mark-gone', '--reason "…"')}. If it will return, wait for that, then type this again.`,
      };
    case 'grace-differs':
      return graceDiffers(refusal);
    case 'unattended-too-late':
      return {
        what: `${agentName(refusal.agent)} is being drained already${ofDrain(refusal.drain)}, so it is too late for \`--unattended\``,
        why: 'With `--unattended` the first call of a drain says that the master marks it gone by itself, and that call has left.',
        toDo: `Leave \`--unattended\` out: ${command(refusal.agent, 'drain', '--mark-gone --reason "…"')} marks it gone by a second call, once it is proven empty.`,
      };
    case 'gone-by-others':
      return {
        what: `A drain that this bot did not send marks ${agentName(refusal.agent)} gone already`,
        why: 'The master shows that drain with `mark_gone`: it marks the agent gone by itself as soon as it is empty.',
        toDo: `To have it gone, nothing more is needed. To keep it, whoever sent that has to send the drain again without \`mark_gone\`: ask around. \`/mesos audit --agent ${preformatted(refusal.agent.hostname)}\` shows what this bot did.`,
      };
    case 'alive-with-tasks':
      return {
        what: `${agentName(refusal.agent)} is alive${
          refusal.tasks === null
            ? ', and what it runs is not known'
            : ` and runs ${count(refusal.tasks, 'task')}`
        }`,
        why: '`mark-gone` is for machines that are dead. On a live agent it ends every task at once, without a grace.',
        toDo: `To let its tasks end first: ${command(refusal.agent, 'drain', '--mark-gone --reason "…"')}. If it must be at once: ${command(refusal.agent, 'mark-gone', '--now --reason "…"')}.`,
      };
    case 'not-markable': {
      const { why, toDo } = unmarkable(refusal);
      return {
        what: `${agentName(refusal.agent)} can't be marked gone now`,
        why: refusal.detail === '' ? why : `${why} ${plain(refusal.detail, 300)}`,
        toDo,
      };
    }
    case 'marking-open':
      return {
        what: `${agentName(refusal.agent)} is being marked gone already`,
        why: 'The call has left or is about to, and whether the agent is gone is being proven.',
        toDo: `Follow it in ${link(refusal.permalink, 'its thread')}. What has left can't be taken back.`,
      };
  }
}

/** The second call must carry the grace of the first: another would be a drain that nobody was shown. */
function graceDiffers(refusal: Extract<OfMarkGone, { code: 'grace-differs' }>): RefusalWords {
  const { agent, drain, shownSeconds } = refusal;
  const isTypable =
    shownSeconds === null ||
    (Number.isInteger(shownSeconds) && shownSeconds >= 0 && shownSeconds <= maxSeconds);
  const grace = shownSeconds === null ? '' : `--max-grace-period ${typedDuration(shownSeconds)} `;
  return {
    what: `${agentName(agent)} is being drained with another grace period${ofDrain(drain)}`,
    why: `The master shows ${
      shownSeconds === null
        ? 'no max grace period'
        : `a max grace period of ${Number.isInteger(shownSeconds) ? spoken(shownSeconds) : `${shownSeconds} s`}`
    }. The second call would overwrite it, so it must carry the same.`,
    toDo: isTypable
      ? `Type it with that one: ${command(agent, 'drain', `--mark-gone ${grace}--reason "…"`)}.`
      : `That one can't be typed. Wait until it is DRAINED, reactivate it, then drain it anew: ${command(agent, 'drain', '--mark-gone --reason "…"')}.`,
  };
}

function unmarkable({ why, agent }: Extract<OfMarkGone, { code: 'not-markable' }>): {
  why: string;
  toDo: string;
} {
  switch (why) {
    case 'gone':
      return {
        why: "It is gone already: the master's registry lists it so, for ever.",
        toDo: '`/mesos agents` lists the agents there are. A machine that came back has a new id.',
      };
    case 'recovered':
      return {
        why: 'It has not registered since the master failed over; marked gone now, it would stay half listed until the next failover.',
        toDo: `Wait: after about ten minutes the master has it back, or calls it unreachable. Then ${command(agent, 'mark-gone', '--reason "…"')}.`,
      };
    case 'absent':
      return {
        why: 'The master does not list it: neither as registered, nor as unreachable, nor as gone.',
        toDo: '`/mesos agents` lists the agents there are. A machine that came back has a new id.',
      };
    case 'unreadable':
      return {
        why: "Its state can't be read, and what can't be seen is not changed.",
        toDo: 'Type it again when the master can be read. `/mesos status` shows whether it answers.',
      };
  }
}

function command({ agentId }: AgentLabel, verb: 'drain' | 'mark-gone', flags: string): string {
  return `\`/mesos ${verb} ${typable(agentId) ?? 'AGENT_ID'} ${flags}\``;
}

function ofDrain(drain: Parameters<typeof showDrainId>[0] | null): string {
  return drain === null ? '' : ` (${showDrainId(drain)})`;
}
