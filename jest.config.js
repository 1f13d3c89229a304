import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cacheDirectory = join(tmpdir(), 'mesos-chatops-jest');

// The bot syncs each write to the disk, and so do its tests: that is half of their time. Where enough memory can stand in
// for a disk, they write there; what a power cut leaves is not theirs to tell.
const inMemory = '/dev/shm';
if (process.env.TMPDIR === undefined && existsSync(inMemory)) {
  const { bavail, bsize } = statfsSync(inMemory);
  if (bavail * bsize > 2 ** 30) process.env.TMPDIR = inMemory;
}

export default {
  testEnvironment: 'node',
  cacheDirectory,
  // Jest leaves one core free by default; the machines this runs on have two.
  maxWorkers: '100%',
  // A process that has told many stories is slow from collecting what they left.
  workerIdleMemoryLimit: '1GB',
  // No test measures time; this only ends one that hangs, also on a busy machine.
  testTimeout: 120_000,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  // Between the tries of a read passes time of the wall's clock, in which a worker would do nothing.
  resolver: '<rootDir>/test/support/resolve.cjs',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
};
