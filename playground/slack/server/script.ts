/** The stories that the page lists, and the one that its cluster was set up for. */
export interface Script {
  stories: readonly { name: string; title: string }[];
  /** The name of the one that can be played here; null: none. */
  ready: string | null;
  /** Plays the people's part in it, to its end. Rejects where something did not come. */
  play(): Promise<void>;
}

/** What the page shows of it. */
export interface ShownScript extends Pick<Script, 'stories' | 'ready'> {
  /** A story leaves its traces in the cluster, so it is played once. */
  played: 'not yet' | 'playing' | 'over';
}
