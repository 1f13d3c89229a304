import type { KnownAgent } from './agent.ts';
import type { Risk } from './command.ts';
import { nearest } from './nearest.ts';
import type { Refusal, Result, UnclearName } from './refusal.ts';
import { ok, refuse } from './refusal.ts';
import { isRegistered, type ResolvedTarget, resolveTarget } from './target.ts';
import { areNamed, isSelected, type Selection, showSelector, type Targets } from './targets.ts';

/** Finds all agents that a command is about, each once: those that were named, in that order; of a selection those that
 * are registered, by hostname. All names that can't be told are refused at once. */
export function selectAgents(
  targets: Targets,
  agents: readonly KnownAgent[],
  risk: Risk,
): Result<ResolvedTarget[]> {
  if (!areNamed(targets)) {
    const chosen = agents.filter((agent) => isRegistered(agent) && isSelected(agent, targets));
    return chosen.length === 0
      ? refuse(nothingSelected(targets, agents.filter(isRegistered)))
      : ok(chosen.toSorted(byHostname).map((agent) => ({ chosen: agent, others: [] })));
  }
  const found = new Map<string, ResolvedTarget>();
  const unclear: UnclearName[] = [];
  for (const { typed } of targets.names) {
    const one = resolveTarget(typed, agents, risk);
    if (!one.ok) unclear.push(one.refusal);
    else if (!found.has(one.value.chosen.agentId)) found.set(one.value.chosen.agentId, one.value);
  }
  const [first, ...more] = unclear;
  if (first === undefined) return ok([...found.values()]);
  return refuse(more.length === 0 ? first : { code: 'targets-unclear', each: unclear });
}

/** Host 9 before host 10; two agents of one hostname by their ids. */
export function byHostname(
  a: Pick<KnownAgent, 'hostname' | 'agentId'>,
  b: Pick<KnownAgent, 'hostname' | 'agentId'>,
): number {
  const order = (one: string, other: string) => one.localeCompare(other, 'en', { numeric: true });
  return order(a.hostname, b.hostname) || order(a.agentId, b.agentId);
}

/** Which of the conditions nobody meets, and what is near to it; where each is met by some, how many. */
function nothingSelected(selection: Selection, registered: KnownAgent[]): Refusal {
  const matching = (part: Selection) => registered.filter((agent) => isSelected(agent, part)).length;
  const ofSelectors = selection.where.map((selector) => {
    const matches = matching({ where: [selector], hosts: [] });
    const near = matches > 0 ? [] : nearSelectors(selector, registered);
    return { shown: showSelector(selector), matches, near };
  });
  const hosts = selection.hosts.map((glob) => `--host ${glob}`).join(' ');
  const matches = matching({ where: [], hosts: selection.hosts });
  const near = matches > 0 ? [] : nearHosts(selection.hosts, registered);
  const ofHosts = hosts === '' ? [] : [{ shown: hosts, matches, near }];
  return { code: 'nothing-selected', registered: registered.length, parts: [...ofSelectors, ...ofHosts] };
}

const mostNear = 5;

function nearSelectors(
  { attribute, is, values }: Selection['where'][number],
  registered: KnownAgent[],
): string[] {
  const byName = new Map<string, Set<string>>();
  for (const { attributes } of registered)
    for (const [name, value] of Object.entries(attributes))
      byName.set(name, (byName.get(name) ?? new Set()).add(value));
  const there = byName.get(attribute);
  if (!is) return [];
  if (there === undefined) {
    const names = [...byName.keys()].sort();
    const close = nearest(attribute, names);
    return (close.length > 0 ? close : names).slice(0, mostNear).map((name) => `${name}=…`);
  }
  const all = [...there].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const close = [...new Set(values.flatMap((value) => nearest(value, all)))];
  return (close.length > 0 ? close : all)
    .slice(0, mostNear)
    .map((value) => showSelector({ attribute, is, values: [value] }));
}

function nearHosts(hosts: string[], registered: KnownAgent[]): string[] {
  const names = registered.toSorted(byHostname).map(({ hostname }) => hostname);
  const plain = hosts.map((glob) => glob.replaceAll('*', ''));
  const close = [...new Set(plain.flatMap((text) => nearest(text, names)))];
  return (close.length > 0 ? close : names).slice(0, mostNear);
}
