import type { ExportPurpose } from '@guankou/contract/exports/columns.ts'
import type { TraceMatch, TraceWay } from '@guankou/contract/exports/endpoints.ts'
import { traceWays } from '@guankou/contract/exports/endpoints.ts'
import type { SoughtKind } from '@guankou/contract/identity/look-up.ts'
import type { Database } from '@guankou/db/database.ts'
import { type FoundRow, findExportedRows } from '@guankou/db/queries/exports/chunks.ts'
import { readDownloads } from '@guankou/db/queries/exports/downloads.ts'
import { type ExportRecord, findExportsById, findExportsByMark } from '@guankou/db/queries/exports/exports.ts'
import { findPeople } from '@guankou/db/queries/identity-access/find-people.ts'
import type { PersonKey } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { readAccountNames } from '@guankou/db/queries/identity-access/read-accesses.ts'
import { findEpisodesOf } from '@guankou/db/queries/quarantine/seals.ts'
import { findRowKeysByDigest } from '@guankou/db/queries/worklists/rows.ts'
import { findInvisibleMarks } from '@guankou/domain/exports/invisible-mark.ts'
import { canonicalRow, cellsOf, refsIn } from '@guankou/domain/exports/trace-text.ts'
import { normaliseSought } from '@guankou/domain/identity/normalise.ts'
import { serviceNumberIn } from '@guankou/domain/screening/service.ts'
import type { IdentitySealer } from '#src/identity/identity-sealer.ts'
import { subjectOf } from '#src/use-cases/exports/export-subject.ts'
import { officerOf } from '#src/use-cases/exports/list-exports.ts'
import { rowDigestKind } from '#src/use-cases/exports/make-export.ts'
import { openStated } from '#src/use-cases/exports/stated.ts'

const mostLines = 2_000
/** Lines without a reference that are searched by what they hold: each costs a digest for every day there is. */
const mostSearched = 20
const mostPeople = 200

/** What tracing works with; jurisdictions are those that whoever asks may read. */
export type TraceParts = {
  readonly query: Database['query']
  readonly sealer: IdentitySealer
  readonly jurisdictions: readonly number[]
}

/** Rows of one list, by how they were recognised. */
type Trail = { readonly ways: Map<TraceWay, Set<string>>; readonly downloads: Set<number> }
type Trails = Map<string, Trail>

const trailOf = (trails: Trails, exportId: string): Trail => {
  const known = trails.get(exportId) ?? { ways: new Map(), downloads: new Set() }
  trails.set(exportId, known)
  return known
}

const note = (trails: Trails, way: TraceWay, rows: readonly FoundRow[]): void => {
  for (const { exportId, key } of rows) {
    const { ways } = trailOf(trails, exportId)
    ways.set(way, (ways.get(way) ?? new Set()).add(key))
  }
}

/** What a cell may be, by its looks. */
const kindsOf = (cell: string): readonly SoughtKind[] => {
  if (/^\d{17}[\dXx]$/.test(cell)) return ['resident-id']
  if (/^\+?[\d ()-]{7,20}$/.test(cell))
    return ['phone', 'passport', 'hk-macao-permit', 'taiwan-permit', 'other']
  if (/^[\p{Script=Han}][A-Za-z][·A-Za-z0-9 -]{4,8}$/u.test(cell)) return ['plate']
  if (/^\S{1,20} \d{4}-\d\d-\d\d(?: \S{1,3})?$/.test(cell)) return ['service']
  if (/^[A-Za-z0-9()-]{6,20}$/.test(cell) && /\d/.test(cell))
    return ['passport', 'hk-macao-permit', 'taiwan-permit', 'other', 'plate']
  return []
}

/** Where somebody stands: screenings, rows of worklists and episodes of quarantine. */
const peopleOf = async (
  query: Database['query'],
  jurisdictions: readonly number[],
  sought: { readonly kind: SoughtKind; readonly digests: readonly Buffer[] },
): Promise<readonly PersonKey[]> => {
  const screened = await findPeople(query, jurisdictions, sought, mostPeople)
  const { kind, digests } = sought
  const isDocument = kind !== 'phone' && kind !== 'plate' && kind !== 'service'
  const called = await findRowKeysByDigest(
    query,
    jurisdictions,
    {
      phones: kind === 'phone' ? digests : [],
      plates: kind === 'plate' ? digests : [],
      documents: isDocument ? digests : [],
    },
    mostPeople,
  )
  const isOfPerson = isDocument || kind === 'phone'
  const episodes = isOfPerson ? await findEpisodesOf(query, jurisdictions, digests) : []
  return [
    ...screened,
    ...called,
    ...episodes.map(({ jurisdiction, occurredAt, id }) => ({
      jurisdiction,
      occurredAt,
      screeningId: id,
      seat: 0,
    })),
  ]
}

const searchLine = async ({ query, sealer, jurisdictions }: TraceParts, line: string, trails: Trails) => {
  const cells = cellsOf(line)
  const digests = await sealer.lookUpDigests(rowDigestKind, canonicalRow(cells))
  note(trails, 'same-row', await findExportedRows(query, { digests }))
  for (const cell of cells)
    for (const kind of kindsOf(cell)) {
      const sought = {
        kind,
        digests: await sealer.lookUpDigests(
          kind,
          normaliseSought(kind, kind === 'service' ? serviceNumberIn(cell) : cell),
        ),
      }
      for (const person of await peopleOf(query, jurisdictions, sought))
        note(trails, 'same-person', await findExportedRows(query, { person }))
    }
}

const followMarks = async ({ query }: TraceParts, text: string, trails: Trails): Promise<void> => {
  const marks = findInvisibleMarks(text)
  const records = await findExportsByMark(
    query,
    marks.map(({ mark }) => mark),
  )
  for (const record of records)
    for (const { mark, download } of marks) {
      if (mark !== record.mark) continue
      const trail = trailOf(trails, record.id)
      trail.downloads.add(download)
      trail.ways.set('invisible-mark', new Set(['mark']))
    }
}

const matchOf = async (
  { sealer }: TraceParts,
  record: ExportRecord,
  { ways, downloads }: Trail,
  told: {
    readonly names: Awaited<ReturnType<typeof readAccountNames>>
    readonly all: Awaited<ReturnType<typeof readDownloads>>
  },
): Promise<TraceMatch> => {
  const way = traceWays.find((one) => ways.has(one)) ?? 'same-person'
  const own = told.all.filter((one) => one.exportId === record.id)
  const named = own.filter((one) => downloads.has(one.number))
  return {
    way,
    exportId: record.id,
    subject: subjectOf(record),
    purpose: record.purpose as ExportPurpose,
    requestedBy: officerOf(told.names, record.requested_by),
    approvedBy: record.decided_by === null ? null : officerOf(told.names, record.decided_by),
    organisation: (await openStated(sealer, record))?.organisation ?? null,
    finishedAt: record.finished_at?.toISOString() ?? null,
    downloads: (named.length > 0 ? named : own).map(({ at, format }) => ({
      at: at.toISOString(),
      format: format as 'csv' | 'xlsx',
    })),
    rows: ways.get(way)?.size ?? 0,
  }
}

/** Surest first: a reference or a mark names one list, a row or a person may have been in several. */
const bySurety = (a: TraceMatch, b: TraceMatch): number =>
  traceWays.indexOf(a.way) - traceWays.indexOf(b.way) || b.rows - a.rows

/**
 * Says which lists the rows of a text come from. Lines that carry a reference of ours are looked up by it alone; of the
 * others the first twenty are searched by the whole row and by the people in it, which finds every list that held them.
 * The text is not kept.
 */
export const traceText = async (
  parts: TraceParts,
  text: string,
): Promise<{ readonly lines: number; readonly matches: TraceMatch[] }> => {
  const lines = text
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, mostLines)
  const trails: Trails = new Map()
  await followMarks(parts, text, trails)
  const known = await findExportedRows(parts.query, { refs: lines.flatMap(refsIn) })
  note(trails, 'ref', known)
  const refs = new Set(known.map(({ key }) => key))
  const unknown = lines.filter((line) => !refsIn(line).some((ref) => refs.has(ref)))
  for (const line of unknown.slice(0, mostSearched)) await searchLine(parts, line, trails)
  const records = await findExportsById(parts.query, [...trails.keys()])
  const accounts = records.flatMap((record) => [
    record.requested_by,
    record.decided_by ?? record.requested_by,
  ])
  const told = {
    names: await readAccountNames(parts.query, accounts),
    all: await readDownloads(
      parts.query,
      records.map((record) => record.id),
    ),
  }
  const matches: TraceMatch[] = []
  for (const record of records) {
    const trail = trails.get(record.id)
    if (trail !== undefined) matches.push(await matchOf(parts, record, trail, told))
  }
  return { lines: lines.length, matches: matches.sort(bySurety) }
}
