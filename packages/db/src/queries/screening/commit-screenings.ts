import type { ScreeningRecorded } from '@guankou/domain/screening/screening-recorded.ts'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import { areaStatements } from '#src/area-scope.ts'
import type { AuditEntry, AuditHead } from '#src/audit/chain.ts'
import { composeStatements, type Statement } from '#src/compose-statements.ts'
import { inOneWrite, NotCommittedError, type Send, sender } from '#src/pipelined.ts'
import { appendAudit, lockAuditHead, lockBegunAuditHead } from '#src/queries/audit/append-audit.ts'
import { addToDeclaredDays, addToPostOriginDays } from '#src/queries/origin/add-to-origin-rollups.ts'
import {
  insertScreenings,
  insertTravellers,
  type StoredScreening,
  travellersOf,
} from '#src/queries/screening/insert-screenings.ts'
import {
  addToOriginDays,
  addToPostSlots,
  advancePostDayStates,
  incrementsOf,
  type RollupIncrements,
} from '#src/queries/situation/add-to-rollups.ts'
import type { Tables } from '#src/rows/tables.ts'

/** What became of one screening of a batch. */
export type CommittedScreening = {
  readonly id: string
  readonly recordedAtMs: number
  readonly outcome: 'new' | 'duplicate' | 'id-reused'
}

export type ScreeningBatch = {
  readonly jurisdiction: number
  /** All of one jurisdiction, no id twice. */
  readonly screenings: readonly StoredScreening[]
  readonly nowMs: number
  readonly namedStatements: boolean
  /** The audit event of each screening and how it ended. */
  readonly auditOf: (screening: StoredScreening, outcome: CommittedScreening['outcome']) => AuditEntry
  /** The payload of the change feed for what is new, or null where nothing is. */
  readonly changeOf: (facts: readonly ScreeningRecorded[], increments: RollupIncrements) => object | null
}

const bulk = <Row>(
  insert: { name: string; text: string; values: (rows: readonly Row[]) => string[] },
  rows: readonly Row[],
): Statement[] => (rows.length === 0 ? [] : [{ ...insert, values: insert.values(rows) }])

const readStored = async (
  send: Send,
  screenings: readonly StoredScreening[],
): Promise<Map<string, { recordedAtMs: number; contentDigest: Buffer }>> => {
  const found = await send<{ id: string; recorded_at: Date; content_digest: Buffer }>({
    name: 'read-stored-screenings',
    text: `select s.id, s.recorded_at, s.content_digest
      from screenings s
      join unnest($2::timestamptz[], $3::uuid[]) as u (occurred_at, id) on s.occurred_at = u.occurred_at and s.id = u.id
      where s.jurisdiction = $1`,
    values: [
      screenings[0]?.fact.jurisdiction ?? 0,
      screenings.map((screening) => new Date(screening.fact.occurredAtMs).toISOString()),
      screenings.map((screening) => screening.fact.id),
    ],
  })
  return new Map(
    found.rows.map((row) => [
      row.id,
      { recordedAtMs: row.recorded_at.getTime(), contentDigest: row.content_digest },
    ]),
  )
}

const outcomesOf = async (
  send: Send,
  batch: ScreeningBatch,
  insertedIds: ReadonlySet<string>,
): Promise<CommittedScreening[]> => {
  const known = batch.screenings.filter((screening) => !insertedIds.has(screening.fact.id))
  const stored = known.length === 0 ? new Map() : await readStored(send, known)
  return batch.screenings.map(({ fact, recordedAtMs, contentDigest }) => {
    if (insertedIds.has(fact.id)) return { id: fact.id, recordedAtMs, outcome: 'new' }
    const before = stored.get(fact.id)
    if (before === undefined) throw new Error(`screening ${fact.id} was neither inserted nor found`)
    const outcome = before.contentDigest.equals(contentDigest) ? 'duplicate' : 'id-reused'
    return { id: fact.id, recordedAtMs: before.recordedAtMs, outcome }
  })
}

const writeRest = (
  batch: ScreeningBatch,
  head: AuditHead,
  outcomes: readonly CommittedScreening[],
): Statement => {
  const fresh = batch.screenings.filter((_, index) => outcomes[index]?.outcome === 'new')
  const facts = fresh.map((screening) => screening.fact)
  const increments = incrementsOf(facts)
  const change = batch.changeOf(facts, increments)
  const entries = batch.screenings.map((screening, index) =>
    batch.auditOf(screening, outcomes[index]?.outcome ?? 'new'),
  )
  return composeStatements(change === null ? 'commit-repeats' : 'commit-screenings', [
    ...bulk(insertTravellers, travellersOf(fresh)),
    ...bulk(addToPostSlots, increments.postSlots),
    ...bulk(addToOriginDays, increments.originDays),
    ...bulk(advancePostDayStates, increments.postDayStates),
    ...bulk(addToPostOriginDays, increments.postOrigins),
    ...bulk(addToDeclaredDays, increments.declared),
    ...appendAudit(batch.jurisdiction, head, entries, batch.nowMs),
    ...(change === null
      ? []
      : [
          {
            name: 'insert-outbox',
            text: 'insert into outbox (at, jurisdiction, payload) values ($1, $2, $3)',
            values: [new Date(batch.nowMs), batch.jurisdiction, JSON.stringify(change)],
          },
        ]),
  ])
}

/**
 * When the command of an id was recorded with just this content, or `undefined` where it was not.
 * @param contentDigests  any of them will do; left out where the day's key is gone, and then what retention has emptied
 *   counts as the same, because nothing can tell any more
 */
export const findRecordedAt = async (
  query: Kysely<Tables>,
  command: { readonly jurisdiction: number; readonly occurredAtMs: number; readonly id: string },
  contentDigests: readonly Buffer[] | undefined,
): Promise<number | undefined> => {
  const row = await query
    .selectFrom('screenings')
    .select('recorded_at')
    .where('jurisdiction', '=', command.jurisdiction)
    .where('occurred_at', '=', new Date(command.occurredAtMs))
    .where('id', '=', command.id)
    .where('content_digest', 'in', contentDigests ?? [Buffer.alloc(0)])
    .executeTakeFirst()
  return row?.recorded_at.getTime()
}

/**
 * Writes one batch of one jurisdiction in one transaction: facts, travellers, roll-ups, audit link and outbox row. It is
 * narrowed to that jurisdiction in the flight that begins it, which costs no round trip.
 * The statements travel in two flights (facts first, because only what is new may be counted), so that a batch costs
 * two round trips whatever its size.
 * @param client  a connection of a pipelining pool, not in a transaction
 * @throws the database's error; then nothing was written
 */
export const commitScreenings = async (
  client: pg.ClientBase,
  batch: ScreeningBatch,
): Promise<readonly CommittedScreening[]> => {
  const send = sender(client, batch.namedStatements)
  try {
    const [area, role] = areaStatements(batch.jurisdiction)
    const [, , , headResult, inserted] = await inOneWrite(client, () =>
      Promise.all([
        client.query('begin'),
        client.query(area),
        client.query(role),
        send<AuditHead>(lockBegunAuditHead(batch.jurisdiction)),
        send<{ id: string }>({ ...insertScreenings, values: insertScreenings.values(batch.screenings) }),
      ]),
    )
    const head = headResult.rows[0] ?? (await send<AuditHead>(lockAuditHead(batch.jurisdiction))).rows[0]
    if (head === undefined) throw new Error('the audit head could not be read')
    const outcomes = await outcomesOf(send, batch, new Set(inserted.rows.map((row) => row.id)))
    const rest = writeRest(batch, head, outcomes)
    const [, committed] = await inOneWrite(client, () => Promise.all([send(rest), client.query('commit')]))
    if (committed.command !== 'COMMIT') throw new NotCommittedError()
    return outcomes
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}
