import type { Knex } from 'knex';
import { VersionConflict } from '../../app/faults.ts';
import type { InboxCommand, Tx, TypedCommand } from '../../app/ports.ts';
import {
  type CorrelationId,
  channelId,
  correlationId,
  type Instant,
  instant,
  teamId,
  userId,
} from '../../domain/ids.ts';

interface InboxRow {
  id: number;
  via: TypedCommand['via'];
  ephemeral: 0 | 1;
  trigger_id: string;
  correlation: string;
  user_id: string;
  user_name: string;
  team_id: string;
  channel_id: string;
  text: string;
  response_url: string;
  received_at: number;
  settled: string | null;
  settled_at: number | null;
}

export async function takeIn(
  trx: Knex,
  command: TypedCommand,
  correlation: CorrelationId,
): Promise<'new' | 'seen'> {
  const seen = await trx<InboxRow>('inbox').where('trigger_id', command.triggerId).first('id');
  if (seen !== undefined) return 'seen';
  await trx<InboxRow>('inbox').insert({
    via: command.via,
    ephemeral: command.ephemeral === true ? 1 : 0,
    trigger_id: command.triggerId,
    correlation,
    user_id: command.user,
    user_name: command.userName,
    team_id: command.team,
    channel_id: command.channel,
    text: command.text,
    response_url: command.responseUrl,
    received_at: command.receivedAt,
  });
  return 'new';
}

/** Throws a VersionConflict where the command does not wait any more: a command that was made void while somebody
 * worked on it must take that work down with it. */
export async function settleCommand(
  trx: Knex,
  id: number,
  as: Parameters<Tx['settleCommand']>[1],
  at: Instant,
): Promise<void> {
  const settled = await trx<InboxRow>('inbox')
    .where({ id, settled: null })
    .update({ settled: as, settled_at: at });
  if (settled === 0) throw new VersionConflict(`inbox ${id} does not wait: it is settled already, or void.`);
}

/** A command that isn't there, or is settled, is left alone. */
export async function voidCommand(trx: Knex, triggerId: string, at: Instant): Promise<void> {
  await trx<InboxRow>('inbox')
    .where({ trigger_id: triggerId, settled: null })
    .update({ settled: 'void', settled_at: at });
}

export async function waitingCommands(db: Knex): Promise<InboxCommand[]> {
  const rows = await db<InboxRow>('inbox').select().where({ settled: null }).orderBy('id');
  return rows.map((row) => ({
    id: row.id,
    via: row.via,
    ...(row.ephemeral === 1 ? { ephemeral: true as const } : {}),
    triggerId: row.trigger_id,
    correlation: correlationId(row.correlation),
    user: userId(row.user_id),
    userName: row.user_name,
    team: teamId(row.team_id),
    channel: channelId(row.channel_id),
    text: row.text,
    responseUrl: row.response_url,
    receivedAt: instant(row.received_at),
  }));
}
