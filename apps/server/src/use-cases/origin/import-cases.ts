import type { CaseSets, ImportCasesBody, ImportedCases } from '@guankou/contract/origin/case-reports.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  type CaseReport,
  insertCaseReports,
  insertCaseSet,
  readCaseSets,
  readHeldReports,
  readReportsReach,
  reportKey,
} from '@guankou/db/queries/origin/case-reports.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { parseCaseFile } from '#src/use-cases/origin/parse-case-file.ts'

const setsShown = 50

/** Those that say anything new against what is held. */
const newAmong = async (
  tx: AreaTransaction,
  jurisdiction: number,
  reports: readonly CaseReport[],
): Promise<CaseReport[]> => {
  const days = reports.map(({ day }) => day).sort()
  const [from, until] = [days[0], days.at(-1)]
  if (from === undefined || until === undefined) return []
  const held = await readHeldReports(tx, jurisdiction, { from, until })
  return reports.filter((report) => held.get(reportKey(report)) !== report.confirmedTotal)
}

/** Where a file of reports is from, and who brought it. */
export type CaseFile = {
  readonly jurisdiction: number
  readonly accountId: string | null
  readonly source: string
  readonly licence: string
  readonly reports: readonly CaseReport[]
  readonly rowsRefused: number
  readonly at: Date
}

/** Adds what is new of a file as versions of one set; where nothing is new, the set alone tells that it was sent. */
export const storeCaseFile = async (
  tx: AreaTransaction,
  { jurisdiction, reports, rowsRefused, at, ...from }: CaseFile,
): Promise<{ readonly id: string; readonly rowsNew: number; readonly rowsKnown: number }> => {
  const fresh = await newAmong(tx, jurisdiction, reports)
  const id = v7({ msecs: at.getTime() })
  const rowsKnown = reports.length - fresh.length
  await insertCaseSet(tx, {
    jurisdiction,
    id,
    importedAt: at,
    ...from,
    rowsNew: fresh.length,
    rowsKnown,
    rowsRefused,
  })
  await insertCaseReports(tx, { jurisdiction, setId: id }, fresh)
  return { id, rowsNew: fresh.length, rowsKnown }
}

/** Takes in a file of reported cases for the city. */
export const importCaseFile = async (
  context: ServerContext,
  actor: Actor,
  { area, source, licence, csv }: ImportCasesBody,
): Promise<Result<ImportedCases>> => {
  const { installation, jurisdiction } = context.reference.current()
  if (area !== installation?.cityCode) return refused('OUTSIDE_AREA', '/area')
  const nowMs = context.now()
  const { day } = daySlotOf(jurisdiction(area)?.timeZone ?? 'UTC', nowMs)
  const parsed = parseCaseFile(csv, day)
  if (!parsed.ok) return parsed
  const { header, reports, rowsRefused, refused: refusedRows } = parsed.value
  const stored = await inArea(context.db, actor.areaCode, async (tx) => {
    const set = await storeCaseFile(tx, {
      jurisdiction: area,
      accountId: actor.accountId,
      source,
      licence,
      reports,
      rowsRefused,
      at: new Date(nowMs),
    })
    const entry = {
      accountId: actor.accountId,
      deviceId: actor.deviceId,
      action: 'origin.import-cases',
      subject: set.id,
      outcome: 'done',
      detail: `${set.rowsNew} new, ${set.rowsKnown} known, ${rowsRefused} refused`,
    }
    await recordAudit(executeIn(tx), area, [entry], nowMs)
    return set
  })
  if (stored.rowsNew > 0) context.modelRuns.kick('origins')
  return done({ ...stored, rowsRefused, header: [...header], refused: [...refusedRows] })
}

/** What was taken in so far. */
export const listCaseFiles = async (
  context: ServerContext,
  actor: Actor,
  { area }: { readonly area: number },
): Promise<Result<CaseSets>> => {
  const { jurisdiction } = context.reference.current()
  const { day } = daySlotOf(jurisdiction(area)?.timeZone ?? 'UTC', context.now())
  return done(
    await inArea(context.db, actor.areaCode, async (tx) => {
      const sets = await readCaseSets(tx, area, { limit: setsShown })
      const { publishedOn, origins } = await readReportsReach(tx, area, day)
      return {
        sets: sets.map(({ jurisdiction: _, accountId: __, importedAt, ...set }) => ({
          ...set,
          importedAt: importedAt.toISOString(),
        })),
        publishedUntil: publishedOn,
        origins,
      }
    }),
  )
}
