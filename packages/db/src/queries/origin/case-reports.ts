import { type Kysely, sql } from 'kysely'
import { bulkInsert } from '#src/bulk-insert.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** What was said of an origin and a day, and when. */
export type CaseReport = {
  readonly originCode: number
  readonly day: string
  readonly publishedOn: string
  /** Confirmed in all, up to the end of the day. */
  readonly confirmedTotal: number
}

/** Where a file of reports is from. */
export type CaseSet = {
  readonly jurisdiction: number
  readonly id: string
  readonly importedAt: Date
  readonly accountId: string | null
  readonly source: string
  readonly licence: string
  readonly rowsNew: number
  readonly rowsKnown: number
  readonly rowsRefused: number
}

type Stored = { readonly jurisdiction: number; readonly setId: string; readonly report: CaseReport }

const insertion = bulkInsert<Stored>('origin_case_reports', [
  { name: 'jurisdiction', type: 'integer', value: (row) => row.jurisdiction },
  { name: 'origin_code', type: 'integer', value: (row) => row.report.originCode },
  { name: 'day', type: 'date', value: (row) => row.report.day },
  { name: 'published_on', type: 'date', value: (row) => row.report.publishedOn },
  { name: 'set_id', type: 'uuid', value: (row) => row.setId },
  { name: 'confirmed_total', type: 'integer', value: (row) => row.report.confirmedTotal },
])

const run = (query: Query, text: string, values: readonly string[]) => {
  const parts = text.split(/\$\d+/)
  return sql(
    parts as unknown as TemplateStringsArray,
    ...values.slice(0, parts.length - 1).map((value) => sql.val(value)),
  ).execute(query)
}

export const insertCaseSet = async (query: Query, set: CaseSet): Promise<void> => {
  await query
    .insertInto('origin_case_sets')
    .values({
      jurisdiction: set.jurisdiction,
      id: set.id,
      imported_at: set.importedAt,
      account_id: set.accountId,
      source: set.source,
      licence: set.licence,
      rows_new: set.rowsNew,
      rows_known: set.rowsKnown,
      rows_refused: set.rowsRefused,
    })
    .execute()
}

/** Adds reports as versions of a set; each origin, day and day of publication once. */
export const insertCaseReports = async (
  query: Query,
  { jurisdiction, setId }: { readonly jurisdiction: number; readonly setId: string },
  reports: readonly CaseReport[],
): Promise<void> => {
  if (reports.length === 0) return
  const rows = reports.map((report) => ({ jurisdiction, setId, report }))
  await run(query, insertion.text, insertion.values(rows))
}

/** One text for what a report is about. */
export const reportKey = ({ originCode, day, publishedOn }: Omit<CaseReport, 'confirmedTotal'>): string =>
  `${originCode}|${day}|${publishedOn}`

/** The newest number held for each origin, day and day of publication between two days, by `reportKey`. */
export const readHeldReports = async (
  query: Query,
  jurisdiction: number,
  { from, until }: { readonly from: string; readonly until: string },
): Promise<ReadonlyMap<string, number>> => {
  const rows = await query
    .selectFrom('origin_case_reports')
    .select([
      'origin_code as originCode',
      'day',
      'published_on as publishedOn',
      'confirmed_total as confirmedTotal',
    ])
    .distinctOn(['origin_code', 'day', 'published_on'])
    .where('jurisdiction', '=', jurisdiction)
    .where('day', '>=', from)
    .where('day', '<=', until)
    .orderBy('origin_code')
    .orderBy('day')
    .orderBy('published_on')
    .orderBy('set_id', 'desc')
    .execute()
  return new Map(rows.map((row) => [reportKey(row), row.confirmedTotal]))
}

export type KnownReports = {
  readonly jurisdiction: number
  /** Nothing that was published later is seen. */
  readonly asOf: string
  readonly from: string
  readonly origin?: number
}

/** What was known as of a day: for each origin and day the number that was published last. */
export const readKnownReports = (
  query: Query,
  { jurisdiction, asOf, from, origin }: KnownReports,
): Promise<CaseReport[]> =>
  query
    .selectFrom('origin_case_reports')
    .select([
      'origin_code as originCode',
      'day',
      'published_on as publishedOn',
      'confirmed_total as confirmedTotal',
    ])
    .distinctOn(['origin_code', 'day'])
    .where('jurisdiction', '=', jurisdiction)
    .where('published_on', '<=', asOf)
    .where('day', '>=', from)
    .$if(origin !== undefined, (some) => some.where('origin_code', '=', origin ?? 0))
    .orderBy('origin_code')
    .orderBy('day')
    .orderBy('published_on', 'desc')
    .orderBy('set_id', 'desc')
    .execute()

/** Names all reports known as of a day: they only grow, and by whole sets. */
export const readReportsMark = async (query: Query, jurisdiction: number, asOf: string): Promise<string> => {
  const { rows } = await sql<{ mark: string }>`
    select count(*) || '|' || coalesce(max(set_id::text), '') as mark from origin_case_reports
    where jurisdiction = ${jurisdiction} and published_on <= ${asOf}::date`.execute(query)
  return rows[0]?.mark ?? ''
}

/** Sets of reports known as of a day, newest first; all of them where no day is given. */
export const readCaseSets = (
  query: Query,
  jurisdiction: number,
  { asOf, limit }: { readonly asOf?: string; readonly limit: number },
): Promise<CaseSet[]> =>
  query
    .selectFrom('origin_case_sets')
    .select([
      'jurisdiction',
      'id',
      'imported_at as importedAt',
      'account_id as accountId',
      'source',
      'licence',
      'rows_new as rowsNew',
      'rows_known as rowsKnown',
      'rows_refused as rowsRefused',
    ])
    .where('jurisdiction', '=', jurisdiction)
    .$if(asOf !== undefined, (some) =>
      some.where((row) =>
        row.exists(
          row
            .selectFrom('origin_case_reports as r')
            .select(sql.lit(1).as('one'))
            .whereRef('r.jurisdiction', '=', 'origin_case_sets.jurisdiction')
            .whereRef('r.set_id', '=', 'origin_case_sets.id')
            .where('r.published_on', '<=', asOf ?? ''),
        ),
      ),
    )
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** The last day of publication as of a day, and how many origins anything is held of. */
export const readReportsReach = async (
  query: Query,
  jurisdiction: number,
  asOf: string,
): Promise<{ readonly publishedOn: string | null; readonly origins: number }> => {
  const row = await query
    .selectFrom('origin_case_reports')
    .select((eb) => [
      eb.fn.max('published_on').as('publishedOn'),
      sql<number>`count(distinct origin_code)::integer`.as('origins'),
    ])
    .where('jurisdiction', '=', jurisdiction)
    .where('published_on', '<=', asOf)
    .executeTakeFirst()
  return { publishedOn: row?.publishedOn ?? null, origins: row?.origins ?? 0 }
}
