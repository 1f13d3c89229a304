import { instant } from '../../src/domain/ids.ts';
import { openStore } from '../../src/store/open.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { draft } from './samples.ts';

// A process of its own that opens the store named in its arguments, writes, stays inside a transaction, and waits to be killed.
const store = await openStore({
  path: process.argv[2] ?? '',
  clock: { now: () => instant(0), after: () => () => undefined },
  newId: () => 'db-child',
  sha256,
  clean: (text) => text,
  owner: 'the child',
});
await store.transact((tx) => tx.append(draft()));
await store.transact(async (tx) => {
  await tx.append(draft());
  process.send?.('holding');
  await new Promise(() => setInterval(() => undefined, 1000));
});
