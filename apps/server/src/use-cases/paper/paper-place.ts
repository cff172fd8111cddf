import type { Post } from '@guankou/contract/places/place.ts'
import type { RuleSet } from '@guankou/contract/responses/response.ts'
import type { PaperPlace } from '@guankou/domain/paper/read-form.ts'
import { daySlotOf, isCivilDate } from '@guankou/domain/places/calendar.ts'
import type { ServerContext } from '#src/context.ts'
import { instantsOfDay } from '#src/projections/situation/days.ts'
import { done, type Result, refused } from '#src/result.ts'
import { declarableResponses } from '#src/use-cases/declarations/declaration-form.ts'
import { timeZoneOf } from '#src/use-cases/worklists/list-scope.ts'

export type PaperRules = {
  readonly responseId: string
  readonly responseName: { readonly zh: string; readonly en: string }
  readonly ruleSet: RuleSet
}

/** A post on a day, with what its paper asked. */
export type PaperDay = PaperPlace & {
  readonly post: Post
  /** Instants between which the local day lies. */
  readonly from: Date
  readonly until: Date
  /** Undefined where nothing was collected on that day. */
  readonly rules: PaperRules | undefined
}

/** The rules that the paper of a day was printed from: those in force, of the response that began last. */
export const rulesOfDay = (
  { reference }: Pick<ServerContext, 'reference'>,
  day: string,
): PaperRules | undefined => {
  const [printed] = declarableResponses({ reference }, day)
  const response = printed && reference.current().response(printed.id)
  const ruleSet = response?.ruleSets.find(({ version }) => version === printed?.rulesVersion)
  return response === undefined || ruleSet === undefined
    ? undefined
    : { responseId: response.id, responseName: response.name, ruleSet }
}

/** A post and a day that has begun. */
export const paperDayOf = (
  context: Pick<ServerContext, 'reference' | 'now'>,
  { jurisdiction, postId, day }: Pick<PaperPlace, 'jurisdiction' | 'postId' | 'day'>,
): Result<PaperDay> => {
  if (!isCivilDate(day)) return refused('INVALID_INPUT', '/day')
  const post = context.reference.current().post(postId)
  if (post === undefined || post.jurisdiction !== jurisdiction) return refused('UNKNOWN_POST', '/postId')
  const timeZone = timeZoneOf(context, jurisdiction)
  if (day > daySlotOf(timeZone, context.now()).day) return refused('IMPOSSIBLE_TIME', '/day')
  const rules = rulesOfDay(context, day)
  return done({ jurisdiction, postId, day, timeZone, post, ...instantsOfDay(timeZone, day), rules })
}
