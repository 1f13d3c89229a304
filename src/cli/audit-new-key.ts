import { generateKeyPairSync } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { StoreFault } from '../app/faults.ts';
import { keyIdOf } from '../signing.ts';
import type { Subcommand } from './audit-subcommand.ts';
import { errorCode } from './error-code.ts';

/** `new-key`: a key to sign heads with. */
export const newKeyCommand: Subcommand = {
  usage: 'FILE',
  help: [
    'makes an Ed25519 key for AUDIT_SIGNING_KEY_FILE, readable by you alone, and FILE.pub for verify --public-key.',
  ],
  options: {},
  files: 1,
  prepare({ files: [path] }, { print }) {
    if (path === undefined) return { objections: ['new-key wants a FILE to put the key into.'] };
    return {
      run: async () => {
        const { id, pem } = makeKey(path);
        await print(
          `The key is in ${path}: set AUDIT_SIGNING_KEY_FILE to it, for the user that the bot runs as.`,
        );
        await print(`Its public half is in ${path}.pub. Keep a copy where the bot can't write:`);
        await print(pem.trimEnd());
        await print(`Key id: ${id}`);
        return true;
      },
    };
  },
};

/** Overwrites nothing: a key that is lost takes the worth of what it signed with it. */
function makeKey(path: string): { id: string; pem: string } {
  const pub = `${path}.pub`;
  const there = [path, pub].find((each) => existsSync(each));
  if (there !== undefined) throw new StoreFault(`${there} is there already: nothing was made.`);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  try {
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    writeFileSync(pub, pem, { mode: 0o644, flag: 'wx' });
  } catch (thrown) {
    throw new StoreFault(`The key can't be written to ${path} (${errorCode(thrown)}).`, { cause: thrown });
  }
  return { id: keyIdOf(publicKey), pem };
}
