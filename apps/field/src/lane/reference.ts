import type { Post } from '@guankou/contract/places/place.ts'
import type { Response, RuleSet } from '@guankou/contract/responses/response.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import type { Reference } from '@guankou/domain/screening/decide.ts'
import { findOrigin, originAround } from '@guankou/geodata/divisions/origins.ts'

/** Look-ups of a decision, answered from the pack in hand. */
export const referenceOf = (content: PackContent): Reference => ({
  jurisdiction: (code) => content.jurisdictions.find((each) => each.code === code),
  post: (id) => content.posts.find((post) => post.id === id),
  response: (id) => content.responses.find((response) => response.id === id),
  isKnownOrigin: (code) => findOrigin(code) !== undefined,
})

export type RulesInForce = { readonly response: Response; readonly ruleSet: RuleSet; readonly day: string }

/** Local day at a post. */
export const dayAt = (content: PackContent, post: Post, nowMs: number): string => {
  const jurisdiction = content.jurisdictions.find((each) => each.code === post.jurisdiction)
  return daySlotOf(jurisdiction?.timeZone ?? 'UTC', nowMs).day
}

/**
 * The response that collects today and the newest of its rule sets in effect; nothing where none does. A city that
 * runs two at once has the one that began last.
 */
export const rulesInForce = (content: PackContent, post: Post, nowMs: number): RulesInForce | undefined => {
  const day = dayAt(content, post, nowMs)
  const [response] = content.responses
    .filter((each) => each.collectionFrom <= day && day <= each.collectionUntil)
    .sort((a, b) => b.collectionFrom.localeCompare(a.collectionFrom))
  const [ruleSet] = (response?.ruleSets ?? [])
    .filter((each) => each.effectiveFrom <= day)
    .sort((a, b) => b.version - a.version)
  return response === undefined || ruleSet === undefined ? undefined : { response, ruleSet, day }
}

/** Where people at a post most likely come from: the city of the post itself. */
export const homeOrigin = (post: Post): number => originAround(post.jurisdiction) ?? post.jurisdiction
