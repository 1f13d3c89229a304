import type { AuditDraft } from '../../domain/audit.ts';
import type { AgentId, DrainId } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Refusal } from '../../domain/refusal.ts';

type About = Pick<AuditDraft, 'agent' | 'cluster' | 'drain'>;

/** The agent, the drain or the cluster that a refusal is about, so that the log is found by it. */
export function aboutRefusal(refusal: Refusal): About {
  const agent = 'agent' in refusal ? refusal.agent : undefined;
  const where = 'cluster' in refusal ? { cluster: refusal.cluster } : {};
  return { ...where, ...about(agent ?? null, 'drain' in refusal ? refusal.drain : null) };
}

/** The same of an answer: of one about a drain that is there already, or a preview. */
export function aboutAnswer(answer: Notice): About {
  if (answer.kind === 'hasten-offer') return about(answer, answer.drain);
  if (answer.kind !== 'preview') return {};
  const { subject } = answer.preview;
  return about(subject.kind === 'registered' ? subject.agent : null, null);
}

function about(agent: { agentId: AgentId; hostname: string } | null, drain: DrainId | null): About {
  return {
    ...(agent === null ? {} : { agent: { id: agent.agentId, hostname: agent.hostname } }),
    ...(drain === null ? {} : { drain }),
  };
}
