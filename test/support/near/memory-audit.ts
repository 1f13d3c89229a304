import type { Store } from '../../../src/app/ports.ts';
import { objectOf } from '../../../src/domain/audit/deed-state.ts';
import type { AuditEntry } from '../../../src/domain/audit.ts';
import type { Tables } from './memory-tables.ts';

type AuditReads = Pick<Store, 'auditDeeds' | 'auditEntries' | 'auditStory' | 'departures'>;

const isChange = (entry: AuditEntry | undefined) =>
  ['hasten', 'cancel'].includes(String(objectOf(entry?.command?.parsed)['verb']));
const tellsOfChange = ({ event }: AuditEntry) =>
  /^drain\.(hastened|hasten-failed|recalled|recall-failed)$/.test(event);

/** The questions to the log that the store answers by its indexes, answered by looking at everything. */
export function auditReads(tables: Tables): {
  [Name in keyof AuditReads]: (
    ...args: Parameters<AuditReads[Name]>
  ) => Awaited<ReturnType<AuditReads[Name]>>;
} {
  const all = () => [...tables.audit.values()].map(({ entry }) => entry);
  const ofOne = (correlation: string) => all().filter((entry) => entry.correlation === correlation);
  return {
    auditDeeds: (filter, { before, limit }) => {
      const { agent, by, command, since, until } = filter;
      const stands = (entry: AuditEntry) =>
        !/^(drain|mark-gone|reactivation|head)\.|^approval\.(?!asked|vote$)|^call\.(?!intended)/.test(
          entry.event,
        ) &&
        (command !== null || entry.event !== 'command.answered') &&
        (by !== null || entry.event !== 'approval.vote') &&
        (by === null || (entry.actor.kind === 'person' && entry.actor.user === by)) &&
        (command === null ||
          (objectOf(entry.command?.parsed)['verb'] ?? objectOf(entry.facts)['command']) === command) &&
        (agent === null ||
          entry.agent?.id === agent ||
          entry.agent?.hostname.toLowerCase() === agent.toLowerCase());
      const cursor = all().find(({ seq }) => seq === before);
      const isOlder = (entry: AuditEntry) =>
        cursor === undefined
          ? before === null || entry.seq < before
          : entry.at < cursor.at || (entry.at === cursor.at && entry.seq < cursor.seq);
      const places = all()
        .filter(
          (entry) =>
            stands(entry) &&
            isOlder(entry) &&
            (since === null || Date.parse(entry.at) >= since) &&
            (until === null || Date.parse(entry.at) < until) &&
            !ofOne(entry.correlation).some((other) => other.seq < entry.seq && stands(other)),
        )
        .sort((a, b) => (a.at === b.at ? b.seq - a.seq : a.at < b.at ? 1 : -1));
      const deeds = places.slice(0, limit).map((entry) => {
        const entries = ofOne(entry.correlation);
        const sequel = all().find(
          (each) => each.seq > entry.seq && each.drain === entry.drain && tellsOfChange(each),
        );
        const sequels =
          isChange(entries[0]) && entry.event === 'call.intended' && sequel !== undefined ? [sequel] : [];
        return { place: entry.seq, entries, sequels };
      });
      return { deeds, older: places.length > limit };
    },
    auditEntries: ofOne,
    departures: (cluster, names, { since, most }) =>
      new Map(
        names.flatMap((name) => {
          const seconds = all()
            .filter(
              ({ event, cluster: of, at, facts }) =>
                event === 'drain.framework-left' &&
                of === cluster &&
                Date.parse(at) >= since &&
                objectOf(facts)['name'] === name,
            )
            .map(({ facts }) => Number(objectOf(facts)['seconds']))
            .reverse()
            .slice(0, most);
          return seconds.length === 0 ? [] : [[name, seconds] as const];
        }),
      ),
    auditStory: ({ correlation, drain }, { after, limit }) => {
      const entries = all().filter(
        (entry) =>
          entry.seq > after &&
          (entry.correlation === correlation || (drain !== null && entry.drain === drain)),
      );
      return { entries: entries.slice(0, limit), later: entries.length > limit };
    },
  };
}
