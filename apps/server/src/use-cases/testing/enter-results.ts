import { type ErrorCode, errors } from '@guankou/contract/errors.ts'
import type { ResultRow, ResultsAnswer, TestResultEntry } from '@guankou/contract/testing/results.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { insertResult, lockSamples, type Sampled } from '@guankou/db/queries/testing/results.ts'
import { addToTestingDay, noTests } from '@guankou/db/queries/testing/tests.ts'
import { instantMs } from '@guankou/domain/places/calendar.ts'
import { clockToleranceMs } from '@guankou/domain/screening/decide.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'

/** A row of results, or why it could not be read. */
export type ReadRow = { readonly row: number } & (
  | { readonly entry: TestResultEntry }
  | { readonly code: ErrorCode }
)

type Judged =
  | { readonly outcome: 'recorded' | 'known' }
  | { readonly outcome: 'refused'; readonly code: ErrorCode }

const rowOf = (row: number, judged: Judged): ResultRow =>
  judged.outcome === 'refused'
    ? { row, outcome: 'refused', code: judged.code, text: errors[judged.code].text }
    : { row, outcome: judged.outcome }

type Writing = {
  readonly tx: AreaTransaction
  readonly actor: Actor
  readonly nowMs: number
  readonly via: 'entry' | 'file'
  /** By sample code; a result that is added takes the place of the one before. */
  readonly samples: Map<string, Sampled>
}

/** Adds a result in the place of the one that counted, in the roll-up of the day of the test. */
const addResult = async (
  { tx, actor, nowMs, via, samples }: Writing,
  sample: Sampled,
  { sampleCode, result, resultedAt }: TestResultEntry,
): Promise<void> => {
  const at = new Date(resultedAt)
  await insertResult(tx, {
    sample,
    result,
    resultedAt: at,
    recordedAt: new Date(nowMs),
    accountId: actor.accountId,
    via,
  })
  const replaced = sample.result === null ? {} : { [sample.result]: -1 }
  await addToTestingDay(tx, sample, { ...noTests, ...replaced, [result]: sample.result === result ? 0 : 1 })
  samples.set(sampleCode, { ...sample, results: sample.results + 1, result, resultedAt: at })
}

const judge = async (writing: Writing, entry: TestResultEntry): Promise<Judged> => {
  const sample = writing.samples.get(entry.sampleCode)
  if (sample === undefined) return { outcome: 'refused', code: 'UNKNOWN_SAMPLE' }
  const atMs = instantMs(entry.resultedAt)
  if (atMs === undefined || atMs < sample.occurredAt.getTime() || atMs > writing.nowMs + clockToleranceMs)
    return { outcome: 'refused', code: 'RESULT_BEFORE_SAMPLE' }
  if (sample.result === entry.result && sample.resultedAt?.getTime() === atMs) return { outcome: 'known' }
  await addResult(writing, sample, entry)
  return { outcome: 'recorded' }
}

/**
 * Takes results, each row alone and all in one commit, with one audit entry per jurisdiction that gained some. Sent again, all
 * rows are known and nothing changes.
 */
export const enterResults = async (
  context: ServerContext,
  actor: Actor,
  { rows, via }: { readonly rows: readonly ReadRow[]; readonly via: 'entry' | 'file' },
): Promise<ResultsAnswer> => {
  const { db, reference } = context
  const nowMs = context.now()
  const areas = reference.current().jurisdictionsIn(actor.areaCode) ?? []
  const codes = rows.flatMap((row) => ('entry' in row ? [row.entry.sampleCode] : []))
  const judged = await inArea(db, actor.areaCode, async (tx) => {
    const samples = new Map(await lockSamples(tx, areas, [...new Set(codes)]))
    const writing: Writing = { tx, actor, nowMs, via, samples }
    const gained = new Map<number, number>()
    const answered: ResultRow[] = []
    for (const row of rows) {
      if (!('entry' in row)) {
        answered.push(rowOf(row.row, { outcome: 'refused', code: row.code }))
        continue
      }
      const one = await judge(writing, row.entry)
      const place = samples.get(row.entry.sampleCode)?.jurisdiction
      if (one.outcome === 'recorded' && place !== undefined) gained.set(place, (gained.get(place) ?? 0) + 1)
      answered.push(rowOf(row.row, one))
    }
    for (const [jurisdiction, count] of [...gained].sort(([a], [b]) => a - b)) {
      const { accountId, deviceId } = actor
      const action = via === 'file' ? 'testing.import-results' : 'testing.enter-results'
      const detail = `${count} results`
      const entry = { accountId, deviceId, action, subject: null, outcome: 'recorded', detail }
      await recordAudit(executeIn(tx), jurisdiction, [entry], nowMs)
    }
    return answered
  })
  const recorded = judged.filter(({ outcome }) => outcome === 'recorded').length
  if (recorded > 0) context.modelRuns.kick('testing')
  const known = judged.filter(({ outcome }) => outcome === 'known').length
  return { recorded, known, rows: judged }
}
