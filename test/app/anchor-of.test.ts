import { describe, expect, it } from '@jest/globals';
import { anchorOf } from '../../src/app/outbox/anchor-of.ts';
import { type Restored, signedBy } from '../../src/domain/anchor.ts';
import type { Signer } from '../../src/domain/audit/signed-head.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { examples } from '../slack/blocks/examples.ts';
import { fakeSigner } from '../support/fake-signer.ts';
import { fakeStore } from '../support/fake-store.ts';
import { anchor, restored } from '../support/restored-samples.ts';

const all = examples('agent3.example', 1).notices;
const gone = all.find((each) => each.kind === 'ended' && each.end.kind === 'gone');

function notice(kind: Notice['kind']): Notice {
  const found = kind === 'ended' ? gone : all.find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`no example of ${kind}`);
  return found;
}

async function withIt(kind: Notice['kind'], state: Restored | null, signer: Signer | null = null) {
  const { store } = fakeStore({ restored: state });
  return anchorOf({ ...store, anchor: async () => anchor() }, notice(kind), signer);
}

describe('the head of the log', () => {
  it.each(['prompt', 'drain-card', 'ended'] as const)('goes with a %s', async (kind) => {
    expect(await withIt(kind, null)).toEqual(anchor());
  });

  it.each(['prompt', 'drain-card', 'ended'] as const)(
    'is signed on a %s where there is a key',
    async (kind) => {
      expect(await withIt(kind, null, fakeSigner)).toEqual(signedBy(fakeSigner, anchor()));
    },
  );

  it.each(['adopted', 'whoami'] as const)('does not go with a %s', async (kind) => {
    expect(await withIt(kind, null)).toBeNull();
  });

  // Else the newer file, put back in its place, would find this history and be taken for the old one.
  it.each(['drain-card', 'ended'] as const)(
    'of a database from the past does not go with a %s',
    async (kind) => {
      expect(await withIt(kind, restored)).toBeNull();
    },
  );
});
