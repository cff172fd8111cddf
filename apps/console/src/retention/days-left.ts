import type { Bilingual } from '@guankou/contract/primitives.ts'
import { warnDaysBefore } from '@guankou/contract/retention/renewal.ts'

const msPerDay = 86_400_000

/** Full days from one civil date to another; negative where that one is over. */
export const daysUntil = (today: string, until: string): number =>
  Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / msPerDay)

/** A response with the end of its collection. */
export type Collecting = {
  readonly id: string
  readonly name: Bilingual
  readonly collectionUntil: string
}

/** What ended longer ago than this is known by then. */
const forgetAfterDays = 30

/** Responses whose collection ends so soon, or ended so lately, that everyone should know; the first to end first. */
export const endingSoon = (
  responses: readonly Collecting[],
  today: string,
): readonly (Collecting & { readonly daysLeft: number })[] =>
  responses
    .map((response) => ({ ...response, daysLeft: daysUntil(today, response.collectionUntil) }))
    .filter(({ daysLeft }) => daysLeft <= warnDaysBefore && daysLeft >= -forgetAfterDays)
    .sort((a, b) => a.daysLeft - b.daysLeft)
