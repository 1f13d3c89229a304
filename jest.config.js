export default {
  testEnvironment: 'node',
  // Jest leaves one core free by default; the machines this runs on have two.
  maxWorkers: '100%',
  // No test measures time; this only ends one that hangs, also on a busy machine.
  testTimeout: 120_000,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
};
