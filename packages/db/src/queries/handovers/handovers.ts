import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** Which hand-over; its id carries when it was opened. */
export type HandoverKey = { readonly jurisdiction: number; readonly occurredAt: Date; readonly id: string }

export type StoredPerson = { readonly seat: number; readonly part: string }

export type StoredHandover = HandoverKey & {
  readonly recordedAt: Date
  /** Local day of the opening. */
  readonly day: string
  readonly postId: number
  readonly responseId: string
  readonly screeningId: string
  readonly seatsPerRow: number | null
  readonly accountId: string
  readonly deviceId: string | null
  readonly contentDigest: Buffer
}

export type StoredFact = {
  readonly jurisdiction: number
  readonly occurredAt: Date
  readonly handoverId: string
  readonly id: string
  readonly kind: string
  readonly at: Date
  readonly recordedAt: Date
  readonly day: string
  readonly accountId: string | null
  readonly deviceId: string | null
  readonly side: string | null
  readonly openingDigest: Buffer | null
  readonly proof: Buffer | null
  readonly publicKey: Buffer | null
  readonly reason: string | null
  readonly stage: string | null
  readonly toRole: string | null
  readonly noteSealed: Buffer | null
  readonly contentDigest: Buffer
}

const handoverColumns = [
  'jurisdiction',
  'occurred_at as occurredAt',
  'id',
  'recorded_at as recordedAt',
  'day',
  'post_id as postId',
  'response_id as responseId',
  'screening_id as screeningId',
  'seats_per_row as seatsPerRow',
  'account_id as accountId',
  'device_id as deviceId',
  'content_digest as contentDigest',
] as const

const factColumns = [
  'jurisdiction',
  'occurred_at as occurredAt',
  'handover_id as handoverId',
  'id',
  'kind',
  'at',
  'recorded_at as recordedAt',
  'day',
  'account_id as accountId',
  'device_id as deviceId',
  'side',
  'opening_digest as openingDigest',
  'proof',
  'public_key as publicKey',
  'reason',
  'stage',
  'to_role as toRole',
  'note_sealed as noteSealed',
  'content_digest as contentDigest',
] as const

/** @returns false where the id is there already */
export const insertHandover = async (
  query: Query,
  handover: StoredHandover,
  people: readonly StoredPerson[],
): Promise<boolean> => {
  const { jurisdiction, occurredAt, id } = handover
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('handovers')
    .values({
      jurisdiction,
      occurred_at: occurredAt,
      id,
      recorded_at: handover.recordedAt,
      day: handover.day,
      post_id: handover.postId,
      response_id: handover.responseId,
      screening_id: handover.screeningId,
      seats_per_row: handover.seatsPerRow,
      account_id: handover.accountId,
      device_id: handover.deviceId,
      content_digest: handover.contentDigest,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) return false
  await query
    .insertInto('handover_people')
    .values(
      people.map(({ seat, part }) => ({
        jurisdiction,
        occurred_at: occurredAt,
        handover_id: id,
        seat,
        part,
      })),
    )
    .execute()
  return true
}

/** Adds a fact. @returns false where it is there already, or another server has handed up */
export const insertHandoverFact = async (query: Query, fact: StoredFact): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('handover_facts')
    .values({
      jurisdiction: fact.jurisdiction,
      occurred_at: fact.occurredAt,
      handover_id: fact.handoverId,
      id: fact.id,
      kind: fact.kind,
      at: fact.at,
      recorded_at: fact.recordedAt,
      day: fact.day,
      account_id: fact.accountId,
      device_id: fact.deviceId,
      side: fact.side,
      opening_digest: fact.openingDigest,
      proof: fact.proof,
      public_key: fact.publicKey,
      reason: fact.reason,
      stage: fact.stage,
      to_role: fact.toRole,
      note_sealed: fact.noteSealed,
      content_digest: fact.contentDigest,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/**
 * Lets the steps of one hand-over be written one after the other: each is decided on all before it. The lock ends with the
 * transaction, and exists before the opening does.
 */
export const lockHandover = async (query: Query, { jurisdiction, id }: HandoverKey): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${jurisdiction}::integer, hashtext(${id}::text))`.execute(query)
}

export const findHandover = (
  query: Query,
  { jurisdiction, occurredAt, id }: HandoverKey,
): Promise<StoredHandover | undefined> =>
  query
    .selectFrom('handovers')
    .select(handoverColumns)
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('id', '=', id)
    .executeTakeFirst()

export const readFactsOf = (
  query: Query,
  { jurisdiction, occurredAt, id }: HandoverKey,
): Promise<StoredFact[]> =>
  query
    .selectFrom('handover_facts')
    .select(factColumns)
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('handover_id', '=', id)
    .orderBy('at')
    .orderBy('id')
    .execute()

/** A hand-over with all that is known of it; without an opening where that has not arrived. */
export type HandoverFile = {
  readonly key: HandoverKey
  readonly opening: StoredHandover | undefined
  readonly people: readonly StoredPerson[]
  readonly facts: readonly StoredFact[]
}

const ended = ['closed', 'cancelled'] as const

/**
 * Keys of hand-overs that were opened since a time, or that nothing has ended yet, newest first. A cancellation may have no
 * effect, so that whoever reads decides what is open.
 */
const readKeys = async (
  query: Query,
  jurisdictions: readonly number[],
  { since, limit }: { readonly since: Date; readonly limit: number },
): Promise<HandoverKey[]> => {
  const { rows } = await sql<HandoverKey>`
    select k.jurisdiction, k.occurred_at as "occurredAt", k.id from (
      select jurisdiction, occurred_at, id from handovers where jurisdiction = any(${jurisdictions}::integer[])
      union
      select jurisdiction, occurred_at, handover_id from handover_facts
        where jurisdiction = any(${jurisdictions}::integer[])) k
    where k.occurred_at >= ${since} or not exists (
      select from handover_facts f where f.jurisdiction = k.jurisdiction and f.occurred_at = k.occurred_at
        and f.handover_id = k.id and f.kind = any(${ended}::text[]))
    order by k.occurred_at desc, k.id desc limit ${limit}`.execute(query)
  return rows
}

/** Files of the keys given, in their order. @param keys  newest first */
const readFiles = async (query: Query, keys: readonly HandoverKey[]): Promise<readonly HandoverFile[]> => {
  if (keys.length === 0) return []
  const ids = keys.map(({ id }) => id)
  const places = [...new Set(keys.map(({ jurisdiction }) => jurisdiction))]
  const oldest = keys.at(-1)?.occurredAt ?? new Date(0)
  const openings = await query
    .selectFrom('handovers')
    .select(handoverColumns)
    .where('jurisdiction', 'in', places)
    .where('occurred_at', '>=', oldest)
    .where('id', 'in', ids)
    .execute()
  const people = await query
    .selectFrom('handover_people')
    .select(['handover_id as handoverId', 'seat', 'part'])
    .where('jurisdiction', 'in', places)
    .where('occurred_at', '>=', oldest)
    .where('handover_id', 'in', ids)
    .orderBy('seat')
    .execute()
  const facts = await query
    .selectFrom('handover_facts')
    .select(factColumns)
    .where('jurisdiction', 'in', places)
    .where('occurred_at', '>=', oldest)
    .where('handover_id', 'in', ids)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const byId = new Map(openings.map((opening) => [opening.id, opening]))
  const peopleOf = Map.groupBy(people, ({ handoverId }) => handoverId)
  const factsOf = Map.groupBy(facts, ({ handoverId }) => handoverId)
  return keys.map((key) => ({
    key,
    opening: byId.get(key.id),
    people: (peopleOf.get(key.id) ?? []).map(({ seat, part }) => ({ seat, part })),
    facts: factsOf.get(key.id) ?? [],
  }))
}

/** Files of hand-overs that were opened since a time or have not ended, newest first. */
export const readHandovers = async (
  query: Query,
  jurisdictions: readonly number[],
  which: { readonly since: Date; readonly limit: number },
): Promise<readonly HandoverFile[]> => {
  return readFiles(query, await readKeys(query, jurisdictions, which))
}

/** Files of all hand-overs before a key, or of the newest where none is given; to go through all of them, some at a time. */
export const readHandoversBefore = async (
  query: Query,
  jurisdictions: readonly number[],
  { before, limit }: { readonly before: HandoverKey | undefined; readonly limit: number },
): Promise<readonly HandoverFile[]> => {
  const at = before?.occurredAt ?? null
  const { rows } = await sql<HandoverKey>`
    select k.jurisdiction, k.occurred_at as "occurredAt", k.id from (
      select jurisdiction, occurred_at, id from handovers where jurisdiction = any(${jurisdictions}::integer[])
      union
      select jurisdiction, occurred_at, handover_id from handover_facts
        where jurisdiction = any(${jurisdictions}::integer[])) k
    where ${at}::timestamptz is null
      or (k.occurred_at, k.id) < (${at}::timestamptz, ${before?.id ?? null}::uuid)
    order by k.occurred_at desc, k.id desc limit ${limit}`.execute(query)
  return readFiles(query, rows)
}

/** One hand-over with all that is known of it, or `undefined` where nothing is. */
export const readHandoverFile = async (query: Query, key: HandoverKey): Promise<HandoverFile | undefined> => {
  const opening = await findHandover(query, key)
  const facts = await readFactsOf(query, key)
  if (opening === undefined && facts.length === 0) return undefined
  const people = await query
    .selectFrom('handover_people')
    .select(['seat', 'part'])
    .where('jurisdiction', '=', key.jurisdiction)
    .where('occurred_at', '=', key.occurredAt)
    .where('handover_id', '=', key.id)
    .orderBy('seat')
    .execute()
  return { key, opening, people, facts }
}
