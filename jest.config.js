export default {
  testEnvironment: 'node',
  // Jest leaves one core free by default; the machines this runs on have two.
  maxWorkers: '100%',
  // Two busy cores: generous, since no test measures time.
  testTimeout: 30_000,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
};
