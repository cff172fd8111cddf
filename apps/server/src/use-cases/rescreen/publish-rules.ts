import type { RulesChanged } from '@guankou/contract/changes/change-feed.ts'
import type { OutputOf } from '@guankou/contract/endpoint.ts'
import type { PublishAloneBody, PublishBody, publishRules } from '@guankou/contract/rescreen/rule-versions.ts'
import type { Response, RiskArea, RuleSet } from '@guankou/contract/responses/response.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { announceChange } from '@guankou/db/queries/changes/announce-change.ts'
import type { StoredProposal } from '@guankou/db/queries/rescreen/proposals.ts'
import { insertRuleSet, type StoredPublication } from '@guankou/db/queries/rescreen/publications.ts'
import { nextRuleSet } from '@guankou/domain/rescreen/next-rule-set.ts'
import { needsSecondPerson } from '@guankou/domain/rescreen/proposal.ts'
import { originOfDivision } from '@guankou/geodata/divisions/origin-of-division.ts'
import { originName } from '@guankou/geodata/divisions/origins.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { isReason } from '#src/use-cases/identity/reasons.ts'
import { noteAlone } from '#src/use-cases/rescreen/put-alone.ts'
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

/** Areas at risk as the audit names them. */
export const told = (areas: readonly RiskArea[]): string =>
  areas
    .map(
      ({ areaCode, level, from, until }) =>
        `${areaCode} ${level} ${from}${until === undefined ? '' : `/${until}`}`,
    )
    .join(', ') || 'none'

/** Who decides on a change: one person, or the second of two. */
export type Deciding =
  | { readonly is: 'alone'; readonly because: string | undefined }
  | { readonly is: 'agreed'; readonly proposal: StoredProposal }

/** What is done in the commit of a version: what may still refuse it, before, and what is written with it. */
export type Beside = {
  readonly check: (transaction: AreaTransaction) => Promise<Result<void>>
  readonly write: (transaction: AreaTransaction, version: number) => Promise<void>
}

type NextVersion = {
  readonly city: number
  readonly newest: RuleSet
  readonly ruleSet: RuleSet
  readonly body: PublishBody
  readonly by: Deciding
}

const publicationOf = (actor: Actor, { body, ruleSet, by }: NextVersion, at: Date): StoredPublication => ({
  response_id: body.responseId,
  version: ruleSet.version,
  published_at: at,
  published_by: actor.accountId,
  name_zh: actor.name.zh,
  name_en: actor.name.en,
  role: actor.role,
  alone: by.is === 'alone' && by.because !== undefined,
  proposed_by: by.is === 'agreed' ? by.proposal.proposed_by : null,
  proposer_zh: by.is === 'agreed' ? by.proposal.name_zh : null,
  proposer_en: by.is === 'agreed' ? by.proposal.name_en : null,
})

/** As the audit tells it: what changes, and whether one person decided where two do. */
const detailOf = ({ body, ruleSet, by }: NextVersion): string => {
  const what = `version ${ruleSet.version}: added ${told(body.added)}; ended ${told(body.ended)}; due in ${body.dueHours} h`
  if (by.is === 'agreed') return `${what}; proposal ${by.proposal.id}`
  return by.because === undefined ? what : `${what}; alone`
}

const write = (
  context: ServerContext,
  actor: Actor,
  next: NextVersion,
  beside: Beside,
): Promise<Result<Published>> =>
  inArea(context.db, actor.areaCode, async (transaction): Promise<Result<Published>> => {
    const at = new Date(context.now())
    const { city, newest, ruleSet, body } = next
    const { responseId, dueHours } = body
    const { version } = ruleSet
    const checked = await beside.check(transaction)
    if (!checked.ok) return checked
    if (!(await insertRuleSet(transaction, ruleSet, publicationOf(actor, next, at))))
      return refused('RULES_OVERTAKEN', '/afterVersion')
    await beside.write(transaction, version)
    const order = { city, responseId, version, beforeVersion: newest.version, dueHours, at }
    const runId = await insertRunOf(transaction, actor, order)
    if (runId === undefined) throw new Error('a version that was just made is looked through already')
    const act = { action: 'rescreen.publish', subject: responseId, outcome: 'done', detail: detailOf(next) }
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
 * Works out the version that a change makes of the newest one.
 * @returns refused where the newest is another one than was decided on, or the change cannot be
 */
export const nextVersionOf = (
  context: ServerContext,
  city: number,
  response: Response,
  body: PublishBody,
): Result<{ readonly newest: RuleSet; readonly ruleSet: RuleSet }> => {
  const today = cityDay(context, city)
  const found = newestOf(response.ruleSets, body.afterVersion, today)
  if (!found.ok) return found
  const { newest } = found.value
  const next = nextRuleSet(newest, body, { today, isKnownArea })
  return next.ok ? done({ newest, ruleSet: next.ruleSet }) : refused(next.code, next.path)
}

/** A response as the database has it now: what this server holds in memory may be of before another one’s version. */
export const freshResponse = async (
  { reference }: Pick<ServerContext, 'reference'>,
  responseId: string,
): Promise<Response | undefined> => (await reference.refresh()).response(responseId)

/** Puts a change into force as the next version, and notes that everyone on file is to be looked through. */
export const putIntoForce = async (
  context: ServerContext,
  actor: Actor,
  change: Pick<NextVersion, 'city' | 'body' | 'by'> & { readonly response: Response },
  beside: Beside,
): Promise<Result<Published>> => {
  const { city, body, by, response } = change
  const next = nextVersionOf(context, city, response, body)
  if (!next.ok) return next
  const published = await write(context, actor, { city, body, by, ...next.value }, beside)
  await context.reference.refresh()
  context.packs.forget()
  return published
}

const nothingBeside: Beside = { check: async () => done(undefined), write: async () => undefined }

/**
 * Puts changed areas at risk into force without a second person: the usual way where one person decides, and for an
 * emergency where two do. Rules hold in the whole city, so whoever answers for the city decides, as a person.
 */
export const publish = async (
  context: ServerContext,
  actor: Actor,
  { aloneBecause, ...body }: PublishAloneBody,
): Promise<Result<Published>> => {
  const city = cityOf(context, actor)
  if (!city.ok) return city
  const response = await freshResponse(context, body.responseId)
  if (response === undefined) return refused('UNKNOWN_RESPONSE', '/responseId')
  if (!needsSecondPerson(response)) {
    const by = { is: 'alone', because: undefined } as const
    return putIntoForce(context, actor, { city: city.value, body, by, response }, nothingBeside)
  }
  if (aloneBecause === undefined) return refused('RULES_NEED_SECOND_PERSON')
  if (!aloneBecause.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/aloneBecause')
  if (!isReason(aloneBecause)) return refused('REASON_TOO_SHORT', '/aloneBecause')
  const by = { is: 'alone', because: aloneBecause } as const
  const beside = { ...nothingBeside, ...noteAlone(context, city.value, body.responseId, aloneBecause) }
  return putIntoForce(context, actor, { city: city.value, body, by, response }, beside)
}
