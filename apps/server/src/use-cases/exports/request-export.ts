import { randomBytes, randomInt } from 'node:crypto'
import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import { type ExportSubject, mostExportDays, mostExportsPerDay } from '@guankou/contract/exports/columns.ts'
import type { requestExport } from '@guankou/contract/exports/endpoints.ts'
import { exportRuleOf, exportRules } from '@guankou/contract/exports/rules.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { insertExport, readRequestTimes } from '@guankou/db/queries/exports/exports.ts'
import { lockAccountLookUps } from '@guankou/db/queries/identity-access/look-ups.ts'
import { allowanceOf } from '@guankou/domain/identity/allowance.ts'
import { daysBetween } from '@guankou/domain/places/calendar.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { instantsOfDay, isAskable } from '#src/projections/situation/days.ts'
import { done, type Result, refused } from '#src/result.ts'
import type { ExportWindow } from '#src/use-cases/exports/export-subject.ts'
import { sealStated } from '#src/use-cases/exports/stated.ts'
import { subjects } from '#src/use-cases/exports/subjects.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { jurisdictionsOf, keyOwnerOf } from '#src/use-cases/identity/look-up-person.ts'
import { isReason } from '#src/use-cases/identity/reasons.ts'

type Input = BodyOf<typeof requestExport>
type Answer = OutputOf<typeof requestExport>

const msPerDay = 86_400_000

const subjectIn = ({ subject }: Input): ExportSubject => subject ?? 'screenings'

const checkWords = (input: Input): Result<null> => {
  if (!input.reason.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/reason')
  if (!input.organisation.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/organisation')
  return isReason(input.reason) ? done(null) : refused('REASON_TOO_SHORT', '/reason')
}

const checkDays = ({ fromDay, toDay }: Input): Result<null> => {
  if (!isAskable(fromDay)) return refused('INVALID_INPUT', '/fromDay')
  if (!isAskable(toDay) || toDay < fromDay) return refused('INVALID_INPUT', '/toDay')
  return daysBetween(fromDay, toDay) < mostExportDays ? done(null) : refused('EXPORT_TOO_LARGE', '/toDay')
}

/** Filters of another subject are refused, so that nobody takes a list for narrower than it is. */
const checkFilters = (input: Input): Result<null> => {
  const isOfScreenings = subjectIn(input) === 'screenings'
  if (!isOfScreenings && input.postIds.length > 0) return refused('INVALID_INPUT', '/postIds')
  if (!isOfScreenings && input.dispositions.length > 0) return refused('INVALID_INPUT', '/dispositions')
  if (subjectIn(input) !== 'calls' && (input.listIds ?? []).length > 0)
    return refused('INVALID_INPUT', '/listIds')
  return done(null)
}

const checkInput = (context: ServerContext, actor: Actor, input: Input): Result<null> => {
  const rule = exportRules[subjectIn(input)][input.purpose]
  if (rule?.requesters.includes(actor.role) !== true) return refused('PURPOSE_NOT_ALLOWED', '/purpose')
  const extra = input.columns.findIndex((column) => !rule.columns.includes(column))
  if (extra >= 0) return refused('EXPORT_COLUMN_NOT_ALLOWED', `/columns/${extra}`)
  const words = checkWords(input)
  if (!words.ok) return words
  const filters = checkFilters(input)
  if (!filters.ok) return filters
  const jurisdictions = jurisdictionsOf(context, actor.areaCode)
  const posts = context.reference.current().posts.filter((post) => jurisdictions.includes(post.jurisdiction))
  const unknown = input.postIds.findIndex((id) => posts.every((post) => post.id !== id))
  if (unknown >= 0) return refused('UNKNOWN_POST', `/postIds/${unknown}`)
  return checkDays(input)
}

/** The windows that a list spans: one for each jurisdiction, from its first to its last local day. */
const windowsOf = (context: ServerContext, areaCode: number, { fromDay, toDay }: Input): ExportWindow[] =>
  jurisdictionsOf(context, areaCode).map((jurisdiction) => {
    const timeZone = context.reference.current().jurisdiction(jurisdiction)?.timeZone ?? 'UTC'
    return {
      jurisdiction,
      fromDay,
      toDay,
      from: instantsOfDay(timeZone, fromDay).from,
      until: instantsOfDay(timeZone, toDay).until,
    }
  })

/** A list that nobody has decided on, with nothing made of it. */
const requested = (actor: Actor, input: Input, nowMs: number) => ({
  requested_at: new Date(nowMs),
  requested_by: actor.accountId,
  requester_role: actor.role,
  subject: subjectIn(input),
  purpose: input.purpose,
  columns: [...input.columns],
  from_day: input.fromDay,
  to_day: input.toDay,
  post_ids: input.postIds.map(String),
  language: input.language,
  dispositions: [...input.dispositions],
  list_ids: [...(input.listIds ?? [])],
  state: 'requested',
  decided_at: null,
  decided_by: null,
  finished_at: null,
  expires_at: null,
  row_count: 0,
  cursor_jurisdiction: null,
  cursor_day: null,
  cursor_at: null,
  cursor_screening: null,
  cursor_seat: null,
  mark: randomInt(2 ** 31),
})

/** How many people the list would hold, where that many may be asked for and the account has not asked too often. */
const countAllowed = async (
  transaction: AreaTransaction,
  actor: Actor,
  {
    input,
    windows,
    nowMs,
  }: { readonly input: Input; readonly windows: readonly ExportWindow[]; readonly nowMs: number },
): Promise<Result<number>> => {
  await lockAccountLookUps(transaction, actor.accountId)
  const times = await readRequestTimes(transaction, actor.accountId, new Date(nowMs - msPerDay))
  const limits = { perMinute: mostExportsPerDay, perDay: mostExportsPerDay }
  const { waitSeconds } = allowanceOf(limits, times, nowMs)
  if (waitSeconds > 0)
    return { ok: false, refusal: { code: 'EXPORT_LIMIT_REACHED', retryAfterSeconds: waitSeconds } }
  let people = 0
  const filters = { ...input, listIds: input.listIds ?? [] }
  for (const window of windows) people += await subjects[subjectIn(input)].count(transaction, window, filters)
  if (people === 0) return refused('EXPORT_EMPTY')
  return people > exportRuleOf(subjectIn(input), input.purpose).mostRows
    ? refused('EXPORT_TOO_LARGE')
    : done(people)
}

/** Asks for a list: counted now, made once somebody else approved it. */
export const request = async (
  context: ServerContext,
  actor: Actor,
  input: Input,
): Promise<Result<Answer>> => {
  const checked = checkInput(context, actor, input)
  if (!checked.ok) return checked
  const nowMs = context.now()
  const owner = { ...keyOwnerOf(context, actor.areaCode), id: v7({ msecs: nowMs }) }
  const stated = await sealStated(context.identity.sealer, owner, { ...input, key: randomBytes(32) })
  const windows = windowsOf(context, actor.areaCode, input)
  return inArea(context.db, actor.areaCode, async (transaction): Promise<Result<Answer>> => {
    const counted = await countAllowed(transaction, actor, { input, windows, nowMs })
    if (!counted.ok) return counted
    const rowTotal = counted.value
    await insertExport(transaction, {
      ...requested(actor, input, nowMs),
      ...owner,
      ...stated,
      row_total: rowTotal,
    })
    const detail = `${subjectIn(input)}, ${input.purpose}, ${rowTotal} rows`
    const act = { action: 'exports.request', subject: owner.id, outcome: 'done', detail }
    await auditIdentity(transaction, actor, act, nowMs)
    return done({ exportId: owner.id, rowTotal })
  })
}
