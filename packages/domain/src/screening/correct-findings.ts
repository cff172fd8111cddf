import type { Refusal } from '@guankou/contract/errors.ts'
import type { RuleSet } from '@guankou/contract/responses/response.ts'
import {
  type CorrectedFindings,
  type CorrectedPart,
  correctedParts,
} from '@guankou/contract/screening/finding-corrections.ts'
import type { Traveller } from '@guankou/contract/screening/record-screening.ts'
import type { Reference } from '#src/screening/decide.ts'
import { type Decision, decideTraveller, type Judged } from '#src/screening/disposition.ts'
import { findFindingRefusal } from '#src/screening/traveller-checks.ts'

/** What of a traveller can be corrected: what rules look at, and where they came from. */
export type Found = Judged & Pick<Traveller, 'origin'>

/** What was found as it reads after corrections, oldest first. */
export const withCorrections = (recorded: Found, corrections: readonly CorrectedFindings[]): Found =>
  Object.assign({}, recorded, ...corrections) as Found

/** What of it can be corrected; the lists that somebody stood on at that hour cannot. */
export const correctable = ({
  origin,
  readings,
  symptoms,
  exposures,
  contactWithCase,
}: Found): CorrectedFindings => ({
  origin,
  readings,
  symptoms,
  exposures,
  contactWithCase,
})

/** Parts of a correction that say something else than what is there. */
export const changedParts = (found: Found, correction: CorrectedFindings): readonly CorrectedPart[] =>
  correctedParts.filter(
    (part) =>
      correction[part] !== undefined &&
      JSON.stringify(ordered(found[part])) !== JSON.stringify(ordered(correction[part])),
  )

/** Keys in one order, so that the same content is the same text wherever it was kept. */
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([key, inner]) => [key, ordered(inner)]),
  )
}

/** The changed parts of a correction, and what they take the place of. */
export const correctionOf = (
  found: Found,
  correction: CorrectedFindings,
): { readonly before: CorrectedFindings; readonly after: CorrectedFindings } => {
  const parts = changedParts(found, correction)
  const only = (of: CorrectedFindings): CorrectedFindings =>
    Object.fromEntries(parts.map((part) => [part, of[part]])) as CorrectedFindings
  return { before: only(found), after: only(correction) }
}

export type CorrectionTerms = {
  readonly reference: Reference
  readonly ruleSet: RuleSet
  readonly occurredAtMs: number
  /** Local day of the screening. */
  readonly day: string
}

/** Why a correction cannot be: it says nothing, nothing new, or something that could not have been recorded. */
export const findCorrectionRefusal = (
  found: Found,
  correction: CorrectedFindings,
  terms: CorrectionTerms,
): Refusal | undefined => {
  if (correctedParts.every((part) => correction[part] === undefined))
    return { code: 'CORRECTION_EMPTY', path: '/findings' }
  const wrong = findFindingRefusal({ ...found, ...correction }, '/findings', terms)
  if (wrong !== undefined) return wrong
  return changedParts(found, correction).length === 0
    ? { code: 'CORRECTION_CHANGES_NOTHING', path: '/findings' }
    : undefined
}

/**
 * What the rules of that hour say of what is known now. It changes nothing: what was decided stands until a lead decides
 * otherwise.
 */
export const decideCorrected = (found: Found, ruleSet: RuleSet, day: string): Decision =>
  decideTraveller(found, ruleSet, day)
