import { z } from 'zod';
import * as ids from '../../domain/ids.ts';
import { parsedBy } from './stored-json.ts';

/** The ids of domain/ids.ts as they are read back, each through its own parser. */
export const agentId = parsedBy(z.string(), ids.agentId);
export const frameworkId = parsedBy(z.string(), ids.frameworkId);
export const masterId = parsedBy(z.string(), ids.masterId);
export const clusterName = parsedBy(z.string(), ids.clusterName);
export const userId = parsedBy(z.string(), ids.userId);
export const teamId = parsedBy(z.string(), ids.teamId);
export const userGroupId = parsedBy(z.string(), ids.userGroupId);
export const channelId = parsedBy(z.string(), ids.channelId);
export const correlationId = parsedBy(z.string(), ids.correlationId);
export const threadId = parsedBy(z.string(), ids.threadId);
export const approvalId = parsedBy(z.number(), ids.approvalId);
export const planId = parsedBy(z.number(), ids.planId);
export const markGoneId = parsedBy(z.string(), ids.markGoneId);
export const reactivationId = parsedBy(z.string(), ids.reactivationId);
export const drainId = parsedBy(z.number(), ids.drainId);
export const databaseId = parsedBy(z.string(), ids.databaseId);
export const seconds = parsedBy(z.number(), ids.seconds);
export const instant = parsedBy(z.number(), ids.instant);
