/** How many of each a message names; the whole lists go into a file (preview-full.ts). */
export const shown = { names: 4, frameworks: 5, held: 6, thin: 3, work: 4, ids: 3 } as const;
