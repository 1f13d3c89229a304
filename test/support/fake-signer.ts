import type { Signer } from '../../src/domain/audit/signed-head.ts';

/** Signs with what it signs, so that a test can read it. */
export const fakeSigner: Signer = {
  key: 'f'.repeat(64),
  sign: (text) => `${Buffer.from(text).toString('base64').replaceAll('=', '').slice(-86)}==`,
};
