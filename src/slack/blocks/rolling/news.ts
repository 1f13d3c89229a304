import { showPlanId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import type { LineOfNews, NextWave } from '../../../domain/rolling/news.ts';
import type { HaltReason, LineFailure } from '../../../domain/rolling.ts';
import { refusalInShort } from '../refusals/in-short.ts';
import { mention, plain } from '../text/escape.ts';
import { count, enumerate, type Part, text } from '../text/part.ts';

/** What is told of a rolling plan in its thread. */
export function rollingNewsParts({ about, news }: Extract<Notice, { kind: 'rolling' }>): Part[] {
  const plan = showPlanId(about.plan);
  switch (news.news) {
    case 'kept-away':
      return [
        text(
          `*New tasks are kept away from ${count(news.kept + news.before, 'agent')} of ${plan}.*`,
          nextWords(news.next),
        ),
      ];
    case 'wave-ended':
      return [
        text(
          `*Wave ${news.wave} of ${about.waves} is done:* ${enumerate(news.lines.map(lineWords), 20)}.`,
          nextWords(news.next),
        ),
      ];
    case 'waiting':
      return [text(`*${plan} waits:* ${haltWords(news.why)}. After 15 minutes it halts.`)];
    case 'halted':
      return [
        text(
          `*${plan} is halted:* ${haltWords(news.why)}. ${mention(about.requester)}`,
          news.goOn === 0
            ? null
            : `${count(news.goOn, 'agent')} that had begun ${news.goOn === 1 ? 'goes' : 'go'} on.`,
          `\`/mesos resume ${plan}\` lets it go on, \`/mesos cancel ${plan}\` gives back what it has only kept away.`,
        ),
      ];
    case 'resumed':
      return [text(`*${plan} goes on,* by ${mention(news.by)}.`)];
    case 'line-failed':
      return [text(`*${plain(news.hostname)}* ${failureWords(news.why)}.`)];
    case 'line-left-out':
      return [
        text(
          `*Left out:* ${plain(news.hostname)}. ${refusalInShort(news.refusal)}.`,
          news.givenBack ? 'It goes back into service.' : null,
        ),
      ];
    case 'cancelled':
      return [
        text(
          `*${plan} is cancelled by ${mention(news.by)}.*`,
          news.goOn === 0
            ? null
            : `${count(news.goOn, 'agent')} ${news.goOn === 1 ? 'goes' : 'go'} on: Mesos has no way to stop a drain.`,
          news.giveBack === 0
            ? null
            : `${count(news.giveBack, 'agent')} ${news.giveBack === 1 ? 'is' : 'are'} taken back into service.`,
        ),
      ];
    case 'marking-dropped':
      return [text(`*${plan} marks no agent gone any more:* what is empty stays out of service.`)];
    case 'ended':
      return [
        text(
          `*${plan} has ended:* ${news.tally.done} of ${count(news.tally.lines, 'agent')} came to the end that was meant. ${mention(about.requester)}`,
          news.failed.length === 0 ? null : `*Not as meant:* ${names(news.failed)}.`,
          news.keptAway.length === 0 ? null : `*Still kept away from new tasks:* ${names(news.keptAway)}.`,
        ),
      ];
  }
}

function names(hostnames: readonly string[]): string {
  return enumerate(
    hostnames.map((hostname) => plain(hostname)),
    20,
  );
}

function nextWords(next: NextWave | null): string | null {
  return next === null ? null : `Next is wave ${next.wave}: ${names(next.hostnames)}.`;
}

function lineWords({ hostname, state }: LineOfNews): string {
  const how = state.is === 'done' ? state.how : state.is === 'failed' ? failureWords(state.why) : state.is;
  return `${plain(hostname)} (${how})`;
}

function failureWords(why: LineFailure): string {
  switch (why.code) {
    case 'rejected':
      return `was refused by the master (${why.httpStatus ?? 'not reached'})`;
    case 'not-applied':
      return 'was not taken out of service: the call had no effect';
    case 'ended-otherwise':
      return `ended otherwise: ${plain(why.end.replaceAll('-', ' '))}`;
    case 'reactivated-elsewhere':
      return 'was reactivated by somebody else';
    case 'drained-elsewhere':
      return 'was drained by somebody else';
    case 'gone':
      return 'is gone';
    case 'removed':
      return 'is no longer listed';
    case 'not-returned':
      return `could not be taken back into service: ${refusalInShort(why.refusal)}`;
  }
}

function haltWords(why: HaltReason): string {
  switch (why.code) {
    case 'paused':
      return `paused by ${mention(why.by.userId)}`;
    case 'line-failed':
      return `${plain(why.hostname)} ${failureWords(why.why)}`;
    case 'line-refused':
      return `${plain(why.hostname)}: ${refusalInShort(why.refusal)}`;
    case 'stuck':
      return `${plain(why.hostname)} is stuck`;
    case 'refused':
      return refusalInShort(why.refusal);
    case 'wave':
      return `what speaks against the next wave: ${why.objection.code.replaceAll('-', ' ')}`;
    case 'gate':
      return `the gate ${plain(why.why, 300)}`;
    case 'votes':
      return `its approval does not stand any more: ${plain(why.why, 300)}`;
    case 'unreadable':
      return `the master can't say what is there: ${plain(why.why, 300)}`;
  }
}
