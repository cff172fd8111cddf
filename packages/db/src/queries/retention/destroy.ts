import type { RetainedCounts } from '@guankou/contract/retention/policy.ts'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** The facts of one local day of a jurisdiction: by the instants between which it lies, so that one or two partitions are read. */
export type DayWindow = { readonly jurisdiction: number; readonly from: Date; readonly until: Date }

const inWindow = ({ jurisdiction, from, until }: DayWindow) =>
  sql`jurisdiction = ${jurisdiction} and occurred_at >= ${from} and occurred_at < ${until}`

/** How many vehicles and travellers a day holds, and how many sealed fields. */
export const countHeld = async (query: Query, window: DayWindow): Promise<RetainedCounts> => {
  const { rows } = await sql<RetainedCounts>`
    select (v.vehicles)::integer as vehicles, (t.travellers)::integer as travellers,
      (v.plates + t.fields)::integer as fields
    from (select count(*) as vehicles, count(plate_sealed) as plates from screenings where ${inWindow(window)}) v,
      (select count(*) as travellers, count(document_sealed) + count(name_sealed) + count(phone_sealed) as fields
        from screening_travellers where ${inWindow(window)}) t`.execute(query)
  const [row] = rows
  if (row === undefined) throw new Error('counting answered nothing')
  return row
}

/** Rows that one statement changes: short enough that nobody waits for it. */
const rowsAtOnce = 2_000

const repeatUntilDone = async (step: () => Promise<bigint | undefined>): Promise<number> => {
  let total = 0
  for (;;) {
    const changed = Number((await step()) ?? 0n)
    total += changed
    if (changed < rowsAtOnce) return total
  }
}

/**
 * Empties the sealed columns and digests of a day. The key is gone by then, so that this destroys nothing that could be
 * read; it frees room, and leaves no digest to be tried.
 * @returns rows that were changed
 */
export const emptySealedColumns = async (query: Query, window: DayWindow): Promise<number> => {
  const { jurisdiction, from, until } = window
  const screenings = await repeatUntilDone(async () => {
    const { numAffectedRows } = await sql`
      update screenings set plate_sealed = null, plate_digest = null, service_sealed = null, service_digest = null,
        content_digest = ''
      where jurisdiction = ${jurisdiction} and (occurred_at, id) in (
        select occurred_at, id from screenings
        where ${inWindow(window)} and (plate_sealed is not null or plate_digest is not null
          or service_sealed is not null or service_digest is not null or content_digest <> '')
        limit ${rowsAtOnce})
        and occurred_at >= ${from} and occurred_at < ${until}`.execute(query)
    return numAffectedRows
  })
  const travellers = await repeatUntilDone(async () => {
    const { numAffectedRows } = await sql`
      update screening_travellers set document_sealed = null, document_digest = null, name_sealed = null,
        phone_sealed = null, phone_digest = null
      where jurisdiction = ${jurisdiction} and (occurred_at, screening_id, seat) in (
        select occurred_at, screening_id, seat from screening_travellers
        where ${inWindow(window)} and (document_sealed is not null or document_digest is not null
          or name_sealed is not null or phone_sealed is not null or phone_digest is not null)
        limit ${rowsAtOnce})
        and occurred_at >= ${from} and occurred_at < ${until}`.execute(query)
    return numAffectedRows
  })
  return screenings + travellers + (await emptyWords(query, window))
}

/** Words of overrides, and corrected values with what they are found by. */
const emptyWords = async (query: Query, window: DayWindow): Promise<number> => {
  const overrides = await sql`
    update screening_overrides set words_sealed = null, content_digest = ''
    where ${inWindow(window)} and (words_sealed is not null or content_digest <> '')`.execute(query)
  const corrections = await sql`
    update screening_corrections set value_sealed = null, value_digest = null, before_digest = null, words_sealed = null
    where ${inWindow(window)} and value_sealed is not null`.execute(query)
  const findings = await sql`
    update screening_finding_corrections set words_sealed = null
    where ${inWindow(window)} and words_sealed is not null`.execute(query)
  const paper = await sql`
    update paper_forms set form_sealed = null
    where ${inWindow(window)} and form_sealed is not null`.execute(query)
  const pairings = await sql`
    update pairing_facts set sealed = null where ${inWindow(window)} and sealed is not null`.execute(query)
  const lists = await emptyLists(query, window)
  return [overrides, corrections, findings, paper, pairings].reduce(
    (sum, { numAffectedRows }) => sum + Number(numAffectedRows ?? 0n),
    lists,
  )
}

/** Rows of lists, rejected ones, addresses for visits, and the files they came in. */
const emptyLists = async (query: Query, window: DayWindow): Promise<number> => {
  const rows = await sql`
    update worklist_rows set sealed = null, phone_digest = null, document_digest = null, plate_digest = null
    where ${inWindow(window)} and (sealed is not null or phone_digest is not null)`.execute(query)
  const rejects = await sql`
    update worklist_rejects set sealed = null where ${inWindow(window)} and sealed is not null`.execute(query)
  const addresses = await sql`
    update worklist_facts set address_sealed = null
    where ${inWindow(window)} and address_sealed is not null`.execute(query)
  const files = await sql`delete from worklist_file_parts where ${inWindow(window)}`.execute(query)
  return [rows, rejects, addresses, files].reduce(
    (sum, { numAffectedRows }) => sum + Number(numAffectedRows ?? 0n),
    0,
  )
}

/** Results go before the tests that they belong to, so that none is left without. */
const deleteResults = async (query: Query, window: DayWindow): Promise<number> => {
  const { numAffectedRows } = await sql`
    delete from infection_test_results where jurisdiction = ${window.jurisdiction} and test_id in (
      select id from infection_tests where ${inWindow(window)})`.execute(query)
  return Number(numAffectedRows ?? 0n)
}

/** What the second person said goes before the override that it answers. */
const deleteOverrideAnswers = async (query: Query, window: DayWindow): Promise<number> => {
  const { numAffectedRows } = await sql`
    delete from screening_override_answers where jurisdiction = ${window.jurisdiction} and override_id in (
      select id from screening_overrides where ${inWindow(window)})`.execute(query)
  return Number(numAffectedRows ?? 0n)
}

/**
 * Deletes the facts of a day, tests, overrides, hand-overs and the running of posts included; its roll-ups stay.
 * @returns rows that were deleted
 */
export const deleteFacts = async (query: Query, window: DayWindow): Promise<number> => {
  const { jurisdiction, from, until } = window
  let total = (await deleteResults(query, window)) + (await deleteOverrideAnswers(query, window))
  for (const [table, key] of [
    ['screening_overrides', 'occurred_at, id'],
    ['screening_corrections', 'occurred_at, id'],
    ['screening_finding_corrections', 'occurred_at, id'],
    ['infection_tests', 'occurred_at, id'],
    ['post_facts', 'occurred_at, id'],
    ['handover_facts', 'occurred_at, handover_id, id'],
    ['handover_people', 'occurred_at, handover_id, seat'],
    ['handovers', 'occurred_at, id'],
    ['declaration_uses', 'occurred_at, id'],
    ['paper_forms', 'occurred_at, id'],
    ['pairing_facts', 'occurred_at, pairing_id, id'],
    ['pairings', 'occurred_at, id'],
    ['worklist_facts', 'occurred_at, list_id, row_number, id'],
    ['worklist_row_states', 'occurred_at, list_id, row_number'],
    ['worklist_rejects', 'occurred_at, list_id, row_number'],
    ['worklist_rows', 'occurred_at, list_id, row_number'],
    ['worklist_file_parts', 'occurred_at, list_id, import_id, position'],
    ['worklist_imports', 'occurred_at, list_id, id'],
    ['worklists', 'occurred_at, id'],
    ['rescreen_people', 'occurred_at, screening_id, seat, run_id'],
    ['screening_travellers', 'occurred_at, screening_id, seat'],
    ['screenings', 'occurred_at, id'],
  ] as const)
    total += await repeatUntilDone(async () => {
      const { numAffectedRows } = await sql`
        delete from ${sql.table(table)} where jurisdiction = ${jurisdiction} and (${sql.raw(key)}) in (
          select ${sql.raw(key)} from ${sql.table(table)} where ${inWindow(window)} limit ${rowsAtOnce})
          and occurred_at >= ${from} and occurred_at < ${until}`.execute(query)
      return numAffectedRows
    })
  return total
}

const partitioned = ['screenings', 'screening_travellers'] as const
const isBusy = (error: unknown): boolean =>
  ['55P03', '42P01', '40P01'].includes((error as { code?: string }).code ?? '')

/**
 * How long a drop may wait for whoever reads the table. Inserts queue behind it meanwhile, so it gives up soon and tries
 * again after a pause in which they go on.
 */
const lockTimeoutMs = 100
const pausesMs = [400, 800, 1_600, 3_200]

const dropIfEmpty = (query: Query, name: string): Promise<boolean> =>
  query.transaction().execute(async (tx) => {
    await sql.raw(`set local lock_timeout = '${lockTimeoutMs}ms'`).execute(tx)
    await sql`lock table ${sql.table(name)} in access exclusive mode`.execute(tx)
    const found = await sql`select from ${sql.table(name)} limit 1`.execute(tx)
    if (found.rows.length > 0) return false
    await sql`drop table ${sql.table(name)}`.execute(tx)
    return true
  })

/** Tries until nobody is in the way, and not for ever. @returns whether it was dropped */
const dropWhenFree = async (query: Query, name: string): Promise<boolean> => {
  for (const pauseMs of [...pausesMs, undefined])
    try {
      return await dropIfEmpty(query, name)
    } catch (error) {
      if (!isBusy(error)) throw error
      if (pauseMs !== undefined) await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  return false
}

/**
 * Drops the partitions of days before a UTC day that hold no row any more. One that somebody keeps reading or writing is
 * left for the next time.
 * @returns names of those that were dropped
 */
export const dropEmptyPartitions = async (query: Query, beforeDay: string): Promise<string[]> => {
  const dropped: string[] = []
  const before = beforeDay.replaceAll('-', '')
  for (const table of partitioned) {
    const { rows } = await sql<{ name: string }>`
      select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = ${table}::regclass and c.relname ~ ${`^${table}_[0-9]{8}$`}
        and right(c.relname, 8) < ${before}
      order by 1`.execute(query)
    for (const { name } of rows) if (await dropWhenFree(query, name)) dropped.push(name)
  }
  return dropped
}
