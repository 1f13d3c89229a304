import type { Flag } from './entry.ts';

/** Understood on every command, wherever in it it stands. */
export const clusterFlag: Flag = {
  name: 'cluster',
  aliases: [],
  takes: { kind: 'cluster', shown: 'NAME' },
  required: false,
  only: null,
  help: 'the cluster that is meant, where it is not the one of this channel',
};
