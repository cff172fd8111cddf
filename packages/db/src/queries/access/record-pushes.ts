import type { OutboxCounts } from '@guankou/contract/sync/push.ts'
import type pg from 'pg'
import { areaStatements } from '#src/area-scope.ts'
import type { AuditEntry, AuditHead } from '#src/audit/chain.ts'
import { bulkInsert } from '#src/bulk-insert.ts'
import { composeStatements, type Statement } from '#src/compose-statements.ts'
import { inOneWrite, NotCommittedError, type Send, sender } from '#src/pipelined.ts'
import { appendAudit, lockAuditHead, lockBegunAuditHead } from '#src/queries/audit/append-audit.ts'

/** A command that was refused for good, without its content. */
export type NewRefusedCommand = {
  readonly deviceId: string
  readonly accountId: string
  readonly at: Date
  readonly commandId: string | null
  readonly code: string
  readonly path: string | null
}

/** What a device said of itself with a push. */
export type DeviceContact = {
  readonly deviceId: string
  readonly at: Date
  readonly clockSkewSeconds: number
  readonly outbox: OutboxCounts
}

/** One push: what it told of its device (null where it came from none), what was refused of it, and its audit entry. */
export type RecordedPush = {
  readonly contact: DeviceContact | null
  readonly refused: readonly NewRefusedCommand[]
  readonly entry: AuditEntry
}

const contactColumns = bulkInsert<DeviceContact>('devices', [
  { name: 'id', type: 'uuid', value: (c) => c.deviceId },
  { name: 'last_seen_at', type: 'timestamptz', value: (c) => c.at.toISOString() },
  { name: 'clock_skew_seconds', type: 'double precision', value: (c) => c.clockSkewSeconds },
  { name: 'queued', type: 'integer', value: (c) => c.outbox.queued },
  { name: 'rejected', type: 'integer', value: (c) => c.outbox.rejected },
  { name: 'unreadable', type: 'integer', value: (c) => c.outbox.unreadable },
])

const updateDevices = (contacts: readonly DeviceContact[]): Statement => ({
  name: 'record-device-contacts',
  text: `update devices as d set last_seen_at = u.last_seen_at, clock_skew_seconds = u.clock_skew_seconds,
      queued = u.queued, rejected = u.rejected, unreadable = u.unreadable
    from unnest($1::uuid[], $2::timestamptz[], $3::double precision[], $4::integer[], $5::integer[], $6::integer[])
      as u (id, last_seen_at, clock_skew_seconds, queued, rejected, unreadable)
    where d.id = u.id`,
  values: contactColumns.values(contacts),
})

const refusedCommands = bulkInsert<NewRefusedCommand>('refused_commands', [
  { name: 'device_id', type: 'uuid', value: (r) => r.deviceId },
  { name: 'account_id', type: 'uuid', value: (r) => r.accountId },
  { name: 'at', type: 'timestamptz', value: (r) => r.at.toISOString() },
  { name: 'command_id', type: 'text', value: (r) => r.commandId },
  { name: 'code', type: 'text', value: (r) => r.code },
  { name: 'path', type: 'text', value: (r) => r.path },
])

/** Pushes of one area, no device twice. */
export type PushBatch = {
  readonly areaCode: number
  readonly pushes: readonly RecordedPush[]
  readonly nowMs: number
  readonly namedStatements: boolean
}

/** Begins, writes the rows of the devices, narrows to the area, and locks the end of its audit. */
const beginIn = async (
  client: pg.ClientBase,
  send: Send,
  { areaCode, pushes }: PushBatch,
): Promise<AuditHead> => {
  const contacts = pushes.flatMap(({ contact }) => (contact === null ? [] : [contact]))
  const [area, role] = areaStatements(areaCode)
  const found = await inOneWrite(client, async () => {
    const before = [client.query('begin')]
    if (contacts.length > 0) before.push(send(updateDevices(contacts)))
    before.push(client.query(area), client.query(role))
    const head = send<AuditHead>(lockBegunAuditHead(areaCode))
    await Promise.all([...before, head])
    return head
  })
  const head = found.rows[0] ?? (await send<AuditHead>(lockAuditHead(areaCode))).rows[0]
  if (head === undefined) throw new Error('the audit head could not be read')
  return head
}

const restOf = (
  areaCode: number,
  head: AuditHead,
  pushes: readonly RecordedPush[],
  nowMs: number,
): Statement => {
  const refused = pushes.flatMap((push) => push.refused)
  const entries = pushes.map(({ entry }) => entry)
  const audit = appendAudit(areaCode, head, entries, nowMs)
  return refused.length === 0
    ? composeStatements('record-pushes', audit)
    : composeStatements('record-pushes-and-refusals', [
        { ...refusedCommands, values: refusedCommands.values(refused) },
        ...audit,
      ])
}

/**
 * Writes what pushes of one area told of their devices, what was refused of them, and one audit link with an entry for
 * each, in one transaction and two round trips however many there are.
 * A phone may be lent to the next district: its session, and not its area, says that it is this one, so that its row is
 * written before the transaction is narrowed to the area.
 * @param client  a connection of a pipelining pool, not in a transaction
 * @throws the database's error; then nothing was written
 */
export const recordPushes = async (client: pg.ClientBase, batch: PushBatch): Promise<void> => {
  const { areaCode, pushes, nowMs } = batch
  const send = sender(client, batch.namedStatements)
  try {
    const head = await beginIn(client, send, batch)
    const rest = restOf(areaCode, head, pushes, nowMs)
    const [, committed] = await inOneWrite(client, () => Promise.all([send(rest), client.query('commit')]))
    if (committed.command !== 'COMMIT') throw new NotCommittedError()
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}
