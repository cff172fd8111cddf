import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { startRescreen } from '@guankou/contract/rescreen/runs.ts'
import type { Response, RuleSet } from '@guankou/contract/responses/response.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { insertRun } from '@guankou/db/queries/rescreen/runs.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'

const msPerHour = 3_600_000

/** What is decided for the whole city: by whoever answers for all of it. */
export const cityOf = (context: ServerContext, actor: Actor): Result<number> => {
  const { installation } = context.reference.current()
  return installation === undefined || actor.areaCode !== installation.cityCode
    ? refused('OUTSIDE_AREA')
    : done(installation.cityCode)
}

export const cityDay = ({ reference, now }: Pick<ServerContext, 'reference' | 'now'>, city: number): string =>
  daySlotOf(reference.current().jurisdiction(city)?.timeZone ?? 'UTC', now()).day

/** The version before one, which may not be the number before it. */
export const versionBefore = ({ ruleSets }: Response, version: number): RuleSet | undefined =>
  ruleSets
    .filter((ruleSet) => ruleSet.version < version)
    .reduce<RuleSet | undefined>(
      (newest, ruleSet) => (newest === undefined || ruleSet.version > newest.version ? ruleSet : newest),
      undefined,
    )

export type RunOrder = {
  readonly city: number
  readonly responseId: string
  readonly version: number
  readonly beforeVersion: number
  readonly dueHours: number
  readonly at: Date
}

/** Notes that everyone on file is to be looked through; @returns its id, or undefined where that is under way already. */
export const insertRunOf = async (
  transaction: AreaTransaction,
  actor: Actor,
  { city, responseId, version, beforeVersion, dueHours, at }: RunOrder,
): Promise<string | undefined> => {
  const id = v7({ msecs: at.getTime() })
  const isNew = await insertRun(transaction, {
    jurisdiction: city,
    id,
    response_id: responseId,
    version,
    before_version: beforeVersion,
    started_at: at,
    started_by: actor.accountId,
    name_zh: actor.name.zh,
    name_en: actor.name.en,
    due_at: new Date(at.getTime() + dueHours * msPerHour),
    state: 'selecting',
    on_file: 0,
    not_asked: 0,
    selected: 0,
    cursor_position: 0,
    finished_at: null,
    failure: null,
  })
  return isNew ? id : undefined
}

const versionsOf = (
  context: ServerContext,
  city: number,
  { responseId, version }: BodyOf<typeof startRescreen>,
): Result<{ readonly before: RuleSet; readonly after: RuleSet }> => {
  const response = context.reference.current().response(responseId)
  if (response === undefined) return refused('UNKNOWN_RESPONSE', '/responseId')
  const after = response.ruleSets.find((ruleSet) => ruleSet.version === version)
  const before = versionBefore(response, version)
  if (after === undefined || before === undefined || after.effectiveFrom > cityDay(context, city))
    return refused('RULES_VERSION_UNKNOWN', '/version')
  return before.feverThresholdCelsius === after.feverThresholdCelsius
    ? done({ before, after })
    : refused('RULES_NOT_COMPARABLE', '/version')
}

/** Looks once more for whom a version reaches. */
export const start = async (
  context: ServerContext,
  actor: Actor,
  body: BodyOf<typeof startRescreen>,
): Promise<Result<OutputOf<typeof startRescreen>>> => {
  const city = cityOf(context, actor)
  if (!city.ok) return city
  const versions = versionsOf(context, city.value, body)
  if (!versions.ok) return versions
  const { responseId, version, dueHours } = body
  const at = new Date(context.now())
  return inArea(context.db, actor.areaCode, async (transaction) => {
    const runId = await insertRunOf(transaction, actor, {
      city: city.value,
      responseId,
      version,
      beforeVersion: versions.value.before.version,
      dueHours,
      at,
    })
    if (runId === undefined) return refused('RESCREEN_AT_WORK')
    const detail = `version ${version} against ${versions.value.before.version}, due in ${dueHours} h`
    const act = { action: 'rescreen.start', subject: responseId, outcome: 'done', detail }
    await auditIdentity(transaction, actor, act, at.getTime())
    return done({ runId })
  })
}
