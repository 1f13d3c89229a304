import { double, type Json, type JsonObject } from '../json/write.ts';
import type { DrainConfig, DrainInfo } from '../state.ts';

/** `{"value": …}`, the form of every id. */
export const id = (value: string): JsonObject => ({ value });

/** Sim time (ms) as TimeInfo. */
export const timeInfo = (ms: number): JsonObject => ({
  nanoseconds: BigInt(Math.round(ms * 1000)) * 1000n,
});

/** Sim time (ms) as seconds, in a double. */
export const seconds = (ms: number): Json => double(ms / 1000);

/** Whole seconds, as `estimated_drain_start_time` is given. */
export const wholeSeconds = (ms: number): JsonObject => timeInfo(Math.floor(ms / 1000) * 1000);

/** bytes as protobuf's JSON has them: the 16 bytes of a UUID in base64. */
export const uuidBytes = (uuid: string): string => {
  const hex = uuid.replaceAll('-', '');
  const bytes = /^[0-9a-f]{32}$/i.test(hex) ? Buffer.from(hex, 'hex') : Buffer.from(uuid);
  return bytes.toString('base64');
};

/** DrainConfig: the maximum as DurationInfo, `mark_gone` always there. */
export const drainConfig = ({ graceNs, markGone }: DrainConfig): JsonObject => ({
  max_grace_period: graceNs === null ? undefined : { nanoseconds: graceNs },
  mark_gone: markGone,
});

export const drainInfo = ({ state, config }: DrainInfo): JsonObject => ({
  state,
  config: drainConfig(config),
});
