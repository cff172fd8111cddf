import type { RulesChanged } from '@guankou/contract/changes/change-feed.ts'
import type { OutputOf } from '@guankou/contract/endpoint.ts'
import type { PublishBody, publishRules } from '@guankou/contract/rescreen/rule-versions.ts'
import type { RiskArea, RuleSet } from '@guankou/contract/responses/response.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { announceChange } from '@guankou/db/queries/changes/announce-change.ts'
import { insertRuleSet } from '@guankou/db/queries/rescreen/publications.ts'
import { nextRuleSet } from '@guankou/domain/rescreen/next-rule-set.ts'
import { originOfDivision } from '@guankou/geodata/divisions/origin-of-division.ts'
import { originName } from '@guankou/geodata/divisions/origins.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { cityDay, cityOf, insertRunOf } from '#src/use-cases/rescreen/start-run.ts'

type Published = OutputOf<typeof publishRules>

/** A division of which the name is known, or a street or county within one. */
const isKnownArea = (code: number): boolean => {
  const division = code > 999_999 ? Math.floor(code / 1_000) : code
  return originName(division, 'zh') !== undefined || originOfDivision(division) !== undefined
}

/** The version in force, where the one that was decided on is still the newest. */
const newestOf = (
  ruleSets: readonly RuleSet[],
  afterVersion: number,
  today: string,
): Result<{ readonly newest: RuleSet }> => {
  const newest = ruleSets.reduce<RuleSet | undefined>(
    (last, each) => (last === undefined || each.version > last.version ? each : last),
    undefined,
  )
  if (newest === undefined) return refused('UNKNOWN_RESPONSE', '/responseId')
  if (newest.effectiveFrom > today) return refused('RULES_WAITING')
  return newest.version === afterVersion ? done({ newest }) : refused('RULES_OVERTAKEN', '/afterVersion')
}

const told = (areas: readonly RiskArea[]): string =>
  areas
    .map(
      ({ areaCode, level, from, until }) =>
        `${areaCode} ${level} ${from}${until === undefined ? '' : `/${until}`}`,
    )
    .join(', ') || 'none'

const write = (
  context: ServerContext,
  actor: Actor,
  {
    city,
    newest,
    ruleSet,
    body,
  }: {
    readonly city: number
    readonly newest: RuleSet
    readonly ruleSet: RuleSet
    readonly body: PublishBody
  },
): Promise<Result<Published>> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    const at = new Date(context.now())
    const { responseId, dueHours } = body
    const { version } = ruleSet
    const isNext = await insertRuleSet(transaction, ruleSet, {
      response_id: responseId,
      version,
      published_at: at,
      published_by: actor.accountId,
      name_zh: actor.name.zh,
      name_en: actor.name.en,
      role: actor.role,
    })
    if (!isNext) return refused('RULES_OVERTAKEN', '/afterVersion')
    const order = { city, responseId, version, beforeVersion: newest.version, dueHours, at }
    const runId = await insertRunOf(transaction, actor, order)
    if (runId === undefined) throw new Error('a version that was just made is looked through already')
    const detail = `version ${version}: added ${told(body.added)}; ended ${told(body.ended)}; due in ${dueHours} h`
    const act = { action: 'rescreen.publish', subject: responseId, outcome: 'done', detail }
    await auditIdentity(transaction, actor, act, at.getTime())
    const payload: RulesChanged = {
      topic: 'rules',
      jurisdiction: city,
      committedAt: at.toISOString(),
      responseId,
      version,
    }
    await announceChange(transaction, { at, jurisdiction: city, payload })
    return done({ version, runId })
  })

/**
 * Puts changed areas at risk into force as the next version, and notes that everyone on file is to be looked through. Rules
 * hold in the whole city, so whoever answers for the city decides, as a person.
 */
export const publish = async (
  context: ServerContext,
  actor: Actor,
  body: PublishBody,
): Promise<Result<Published>> => {
  const city = cityOf(context, actor)
  if (!city.ok) return city
  // As the database has it now: what this server holds in memory may be of before another one's version.
  const response = (await context.reference.refresh()).response(body.responseId)
  if (response === undefined) return refused('UNKNOWN_RESPONSE', '/responseId')
  const today = cityDay(context, city.value)
  const found = newestOf(response.ruleSets, body.afterVersion, today)
  if (!found.ok) return found
  const { newest } = found.value
  const next = nextRuleSet(newest, body, { today, isKnownArea })
  if (!next.ok) return refused(next.code, next.path)
  const published = await write(context, actor, { city: city.value, newest, ruleSet: next.ruleSet, body })
  await context.reference.refresh()
  context.packs.forget()
  return published
}
