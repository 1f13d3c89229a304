import { env, loadEnvFile } from 'node:process';
import type { Env } from './environment.ts';

/** The environment of this process, with what `.env` says where there is one; what the process was given wins. */
export function environment(): Env {
  try {
    loadEnvFile('.env');
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && fault.code === 'ENOENT')) throw fault;
  }
  return env;
}
