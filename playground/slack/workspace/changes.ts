import type { Ephemeral, Message } from './messages.ts';

/** Something that became visible to somebody. */
export type Change =
  | { kind: 'posted'; message: Message }
  | { kind: 'edited'; message: Message }
  | { kind: 'removed'; message: Message }
  | { kind: 'whispered'; ephemeral: Ephemeral }
  | { kind: 'reaction added'; message: Message; user: string; name: string }
  | { kind: 'reaction removed'; message: Message; user: string; name: string };

export interface Changes {
  tell(change: Change): void;
  /** Calls `listener` for each later change; returns what ends that. */
  follow(listener: (change: Change) => void): () => void;
}

export function changes(): Changes {
  const listeners = new Set<(change: Change) => void>();
  return {
    tell: (change) => {
      for (const listener of listeners) listener(change);
    },
    follow: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
