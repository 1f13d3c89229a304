export { environment } from './config/dot-env.ts';
export { readConfig, readDatabasePath, secretsOf } from './config/read.ts';
export type * from './config/shape.ts';
