import { z } from 'zod';
import { network } from '../addresses.ts';
import { channel, host, masterUrl } from '../made.ts';
import { basicPart, one, text, word, yesNo } from '../values.ts';
import { keys, listOf, scalar } from './read-shape.ts';
import { secretKeys } from './secret.ts';

const auth = keys({
  kind: scalar(word('none', 'basic', 'bearer', 'dcos')).optional(),
  username: scalar(basicPart()).optional(),
  ...secretKeys('password'),
  ...secretKeys('token'),
});

const tls = keys({
  ca_file: scalar(text()).optional(),
  client_cert_file: scalar(text()).optional(),
  client_key_file: scalar(text()).optional(),
});

/** One cluster, as the file has it. Nothing is required here: what is missing is told where all of it is judged. */
export const clusterShape = keys({
  masters: listOf(one(masterUrl)).optional(),
  auth: auth.optional(),
  tls: tls.optional(),
  allowed_hosts: listOf(one(host)).optional(),
  allow_plain_credentials: scalar(yesNo()).optional(),
  agents: keys({
    auth: auth.optional(),
    tls: tls.optional(),
    https: scalar(yesNo()).optional(),
    networks: listOf(one(network)).optional(),
  }).optional(),
  default_in: listOf(one(channel)).optional(),
  cluster_channel: scalar(one(channel)).optional(),
  /** Its own shape: policy.ts beside this file. */
  policy: z.unknown().optional(),
});

export type ClusterInFile = z.output<typeof clusterShape>;
export type AuthInFile = z.output<typeof auth>;
export type TlsInFile = z.output<typeof tls>;

/** The file as a whole. */
export const fileShape = keys({
  settings: z.record(z.string(), z.unknown()).optional(),
  clusters: z.record(z.string(), z.unknown()).optional(),
});
