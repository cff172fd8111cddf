import type { Declaration, DeclaredPerson } from '@guankou/contract/declarations/declaration.ts'
import type { DeclarableResponse } from '@guankou/contract/declarations/endpoints.ts'
import type { Refusal } from '@guankou/contract/errors.ts'
import { platedConveyances } from '@guankou/contract/screening/vocabulary.ts'
import { daysBetween, isCivilDate } from '#src/places/calendar.ts'
import { normalisePlate } from '#src/screening/plates.ts'
import { findServiceRefusal } from '#src/screening/service.ts'

/** What a declaration is held against. */
export type DeclarationTerms = {
  readonly response: Pick<DeclarableResponse, 'id' | 'rulesVersion' | 'symptoms'> | undefined
  /** Day in the city. */
  readonly today: string
  readonly isKnownOrigin: (code: number) => boolean
}

/** Older stays are of no use to anybody. */
const longestAgoDays = 365

/** Half of a surrogate pair alone has no UTF-8; `isWellFormed` is missing in older browsers, where this runs too. */
const isWellFormed = (text: string): boolean => {
  try {
    encodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

const refusalOfPerson = (
  { name, document, originCode, stays, symptoms }: DeclaredPerson,
  path: string,
  { response, today, isKnownOrigin }: DeclarationTerms,
): Refusal | undefined => {
  if (name !== undefined && !isWellFormed(name)) return { code: 'TEXT_NOT_WELL_FORMED', path: `${path}/name` }
  if (document.number !== undefined && !isWellFormed(document.number))
    return { code: 'TEXT_NOT_WELL_FORMED', path: `${path}/document/number` }
  if (!isKnownOrigin(originCode)) return { code: 'UNKNOWN_ORIGIN', path: `${path}/originCode` }
  for (const [index, { areaCode, leftOn }] of stays.entries()) {
    if (!isKnownOrigin(areaCode)) return { code: 'UNKNOWN_AREA', path: `${path}/stays/${index}/areaCode` }
    const daysAgo = isCivilDate(leftOn) ? daysBetween(leftOn, today) : -1
    if (daysAgo < 0 || daysAgo > longestAgoDays)
      return { code: 'IMPOSSIBLE_TIME', path: `${path}/stays/${index}/leftOn` }
  }
  const listed = new Set((response?.symptoms ?? []).map(({ code }) => code))
  const unknown = symptoms.findIndex((code) => !listed.has(code))
  return unknown < 0 ? undefined : { code: 'UNKNOWN_SYMPTOM', path: `${path}/symptoms/${unknown}` }
}

/**
 * The first thing for which a declaration is not signed, or nothing. What somebody says is never judged here, only
 * whether it can be understood at a post.
 * @param declaration  of the shape of the contract
 */
export const refusalOfDeclaration = (
  { responseId, rulesVersion, conveyance, people }: Declaration,
  terms: DeclarationTerms,
): Refusal | undefined => {
  if (terms.response?.id !== responseId) return { code: 'UNKNOWN_RESPONSE', path: '/responseId' }
  if (terms.response.rulesVersion !== rulesVersion)
    return { code: 'UNKNOWN_RULES_VERSION', path: '/rulesVersion' }
  const { kind, plate, withoutPlate } = conveyance
  const noPlate = plate === undefined
  if (!noPlate && !isWellFormed(plate)) return { code: 'TEXT_NOT_WELL_FORMED', path: '/conveyance/plate' }
  const isMissing = platedConveyances.has(kind) && noPlate === (withoutPlate === undefined)
  if (isMissing || (!noPlate && normalisePlate(plate) === ''))
    return { code: 'PLATE_REQUIRED', path: '/conveyance/plate' }
  const wrongService = findServiceRefusal(conveyance, terms.today)
  if (wrongService !== undefined) return wrongService
  const places = people.map(({ seatLabel }) => seatLabel)
  for (const [index, person] of people.entries()) {
    if (person.seatLabel !== undefined && places.indexOf(person.seatLabel) < index)
      return { code: 'SEAT_TAKEN_TWICE', path: `/people/${index}/seatLabel` }
    const refusal = refusalOfPerson(person, `/people/${index}`, terms)
    if (refusal !== undefined) return refusal
  }
  return undefined
}
