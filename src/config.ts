export { readConfig, readDatabasePath, secretsOf } from './config/read.ts';
export type * from './config/shape.ts';
