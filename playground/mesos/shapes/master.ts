import { double, type JsonObject } from '../json/write.ts';
import { IP } from '../machines.ts';
import type { Cluster, Leader, MasterProcess } from '../state.ts';
import { seconds } from './common.ts';

/** 127.0.0.1 in network byte order, read as a little-endian number. */
const IP_NUMBER = 16777343;

/** MasterInfo. */
export const masterInfo = (cluster: Cluster, { id, port }: MasterProcess): JsonObject => ({
  id,
  ip: IP_NUMBER,
  port,
  pid: `master@${IP}:${port}`,
  hostname: IP,
  version: cluster.version,
  address: { hostname: IP, ip: IP, port },
  capabilities: [{ type: 'AGENT_UPDATE' }, { type: 'AGENT_DRAINING' }, { type: 'QUOTA_V2' }],
});

/** `get_master`. */
export const getMaster = (cluster: Cluster, leader: Leader, master: MasterProcess): JsonObject => ({
  master_info: masterInfo(cluster, master),
  start_time: seconds(master.startedAt),
  elected_time: seconds(leader.electedAt),
});

/** VersionInfo, of v1 and v0 alike. */
export const versionInfo = ({ version }: Cluster): JsonObject => ({
  version,
  build_date: '2024-08-23 18:59:00 UTC',
  build_time: double(1724439540),
  build_user: 'root',
  git_sha: 'c1b42f79d157aa900be5cbb0c1023f1479962aa7',
});
