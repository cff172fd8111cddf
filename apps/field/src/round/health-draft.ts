import type { DoorCheckView } from '@guankou/contract/households/endpoints.ts'
import type { PartWork } from '@guankou/contract/households/record-household-fact.ts'
import {
  areChecksReady,
  type CheckDraft,
  celsiusOf,
  checkedOf,
  isWrongCelsius,
} from '#src/round/quarantine-checks.ts'

/** What is entered of one of the household: whether they were there, and what was found of them. */
export type Found = {
  readonly met: boolean | undefined
  readonly celsius: string
  readonly symptoms: readonly string[]
}

export const nothingFound: Found = { met: undefined, celsius: '', symptoms: [] }

/** What is entered of the part of the health worker before it is recorded. */
export type HealthDraft = {
  readonly found: Readonly<Record<string, Found>>
  readonly water: { readonly places: number; readonly withLarvae: number }
  readonly checks: Readonly<Record<string, CheckDraft>>
}

export const emptyHealthDraft: HealthDraft = {
  found: {},
  water: { places: 0, withLarvae: 0 },
  checks: {},
}

export const foundOf = ({ found }: HealthDraft, personId: string): Found => found[personId] ?? nothingFound

/** Whoever is measured is there; who is not there is not measured. */
export const withFound = (draft: HealthDraft, personId: string, change: Partial<Found>): HealthDraft => {
  const next = { ...foundOf(draft, personId), ...(change.met === undefined ? { met: true } : {}), ...change }
  return {
    ...draft,
    found: { ...draft.found, [personId]: next.met === false ? { ...nothingFound, met: false } : next },
  }
}

type About = {
  readonly personIds: readonly string[]
  readonly checks: readonly DoorCheckView[]
  readonly isSurvey: boolean
  /** The visit is about everybody who lives here; else who is not spoken of is not recorded. */
  readonly asksEach: boolean
}

/** Whether it is said of everybody that they were met or not, and somebody was, or there is something else to record. */
export const isHealthReady = (
  draft: HealthDraft,
  { personIds, checks, isSurvey, asksEach }: About,
): boolean => {
  const all = personIds.map((id) => foundOf(draft, id))
  const isSaid = all.every(({ met, celsius }) => !isWrongCelsius(celsius) && (met !== undefined || !asksEach))
  const isAnything = all.length === 0 || all.some(({ met }) => met === true) || checks.length > 0 || isSurvey
  return isSaid && isAnything && areChecksReady(checks, draft.checks)
}

/** The work that a draft becomes: nobody is told to be well who was not there. */
export const healthWork = (draft: HealthDraft, { personIds, checks, isSurvey }: About): PartWork => ({
  part: 'health',
  people: personIds.flatMap((personId) => {
    const { met, celsius, symptoms } = foundOf(draft, personId)
    if (met !== true) return []
    const temperatureCelsius = celsiusOf(celsius)
    return [
      {
        personId,
        ...(temperatureCelsius === undefined ? {} : { temperatureCelsius }),
        symptoms: [...symptoms],
      },
    ]
  }),
  ...(isSurvey ? { water: draft.water } : {}),
  ...(checks.length === 0 ? {} : { checks: checkedOf(checks, draft.checks) }),
})
