import { z } from 'zod';
import type { Env } from '../environment.ts';
import type { Files } from '../tls.ts';
import { basicPart, token } from '../values.ts';
import { scalar } from './read-shape.ts';

/** What a secret of this name may be given by: a variable that holds it, or a file. Never in clear: such files are copied,
 * shown and kept under version control. */
export function secretKeys<N extends 'password' | 'token'>(name: N) {
  const inClear = z
    .unknown()
    .refine(
      (given) => given === undefined,
      `stands in clear: name a variable with ${name}_env, or a file with ${name}_file`,
    )
    .optional();
  return {
    [name]: inClear,
    [`${name}_env`]: scalar(z.string().regex(/^[A-Za-z_]\w*$/, 'must be the name of a variable')).optional(),
    [`${name}_file`]: scalar(z.string().min(1)).optional(),
  } as { [K in N]: typeof inClear } & {
    [K in `${N}_env` | `${N}_file`]: z.ZodOptional<z.ZodType<string>>;
  };
}

/** Where a secret is to be found. */
export interface SecretPlace {
  env: string | undefined;
  file: string | undefined;
}

/** The secret that a variable or a file holds; null: none is named, or what is wrong with it was told. Its text is in no
 * problem. */
export function secretAt(
  name: 'password' | 'token',
  { env, file }: SecretPlace,
  from: { env: Env; files: Files; wrong(key: 'env' | 'file', what: string): void },
): string | null {
  if (env !== undefined && file !== undefined) {
    from.wrong('file', `stands beside ${name}_env: one of the two is enough`);
    return null;
  }
  const [key, text] = env !== undefined ? (['env', from.env[env]] as const) : (['file', readAt()] as const);
  if (text === null) return null;
  if (text === undefined || text.trim() === '') {
    from.wrong(key, key === 'env' ? `names ${env}, which is not set` : 'is empty');
    return null;
  }
  const reading = name === 'password' ? basicPart() : token('', 'as the authenticator issued it');
  const outcome = reading.safeParse(key === 'file' ? text.replace(/\r?\n$/, '') : text);
  if (outcome.success) return outcome.data;
  for (const { message } of outcome.error.issues) from.wrong(key, `leads to a ${name} that ${message}`);
  return null;

  function readAt(): string | null {
    if (file === undefined) return null;
    try {
      return from.files.read(file);
    } catch (thrown) {
      const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown error';
      from.wrong('file', `${JSON.stringify(file)} can't be read (${code})`);
      return null;
    }
  }
}
