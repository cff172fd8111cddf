import type { ErrorCode, Refusal } from '@guankou/contract/errors.ts'
import type { Rule, RuleSet } from '@guankou/contract/responses/response.ts'
import { type Disposition, dispositionRank, strictest } from '@guankou/contract/screening/dispositions.ts'
import {
  groundsInWords,
  type OverrideScreening,
  type OverrideState,
} from '@guankou/contract/screening/override.ts'
import { instantMs } from '#src/places/calendar.ts'
import { clockToleranceMs } from '#src/screening/decide.ts'
import { uuidTimeMs } from '#src/screening/uuid-time.ts'

/** After this a disposition has had its effect, and what is wrong with it is a matter for a request. */
export const longestBeforeOverrideMs = 14 * 86_400_000

/** A disposition as it was recorded, with what led to it. */
export type RecordedDisposition = {
  readonly occurredAtMs: number
  readonly disposition: Disposition
  readonly ruleIds: readonly string[]
}

/** One override of it, as it stands beside. */
export type StandingOverride = {
  readonly id: string
  readonly madeAtMs: number
  readonly disposition: Disposition
  readonly state: OverrideState
}

/**
 * The mildest disposition that a lead alone may put in the place of what some rules gave: the strictest of their bounds.
 * Monotone: whoever has more fever, exposure or symptoms meets every rule that others meet, so that the bound is never
 * milder.
 * @param ruleIds  rules that held
 */
export const overrideBound = (ruleIds: readonly string[], rules: readonly Rule[]): Disposition =>
  rules
    .filter((rule) => ruleIds.includes(rule.id))
    .reduce<Disposition>((bound, rule) => strictest(bound, rule.leadMayLowerTo ?? 'passed'), 'passed')

const isLater = (one: StandingOverride, other: StandingOverride): boolean =>
  one.madeAtMs === other.madeAtMs ? one.id > other.id : one.madeAtMs > other.madeAtMs

/**
 * The disposition that counts: that of the latest override in force, by when it was made and not by when it arrived; so
 * that phones may send theirs in any order.
 */
export const standingDisposition = (
  recorded: Disposition,
  overrides: readonly StandingOverride[],
): Disposition =>
  overrides
    .filter(({ state }) => state === 'in-force')
    .reduce<StandingOverride | undefined>(
      (latest, each) => (latest === undefined || isLater(each, latest) ? each : latest),
      undefined,
    )?.disposition ?? recorded

export type OverrideAllowed =
  | { readonly ok: true; readonly needsSecond: boolean }
  | { readonly ok: false; readonly refusal: Refusal }

const refuse = (code: ErrorCode, path: string): OverrideAllowed => ({ ok: false, refusal: { code, path } })

/** Whether rules let a lead give a disposition: alone, with a second person, or not at all. */
export const allowOverride = (
  disposition: Disposition,
  ruleIds: readonly string[],
  { rules, overrides }: Pick<RuleSet, 'rules' | 'overrides'>,
): OverrideAllowed => {
  if (overrides !== undefined && !overrides.to.includes(disposition))
    return refuse('OVERRIDE_NOT_LAWFUL', '/disposition')
  const isBelow = dispositionRank(disposition) < dispositionRank(overrideBound(ruleIds, rules))
  if (isBelow && overrides?.belowBound !== 'second-person')
    return refuse('OVERRIDE_BELOW_BOUND', '/disposition')
  return { ok: true, needsSecond: isBelow }
}

type Times = { readonly occurredAtMs: number; readonly nowMs: number }

const findWrongTime = (
  command: OverrideScreening,
  recorded: RecordedDisposition,
  nowMs: number,
): Times | Refusal => {
  const occurredAtMs = instantMs(command.occurredAt)
  if (occurredAtMs === undefined) return { code: 'IMPOSSIBLE_TIME', path: '/occurredAt' }
  if (uuidTimeMs(command.id) !== occurredAtMs) return { code: 'ID_TIME_MISMATCH', path: '/id' }
  if (occurredAtMs > nowMs + clockToleranceMs) return { code: 'OCCURRED_IN_FUTURE', path: '/occurredAt' }
  if (occurredAtMs < recorded.occurredAtMs - clockToleranceMs)
    return { code: 'IMPOSSIBLE_TIME', path: '/occurredAt' }
  if (occurredAtMs - recorded.occurredAtMs > longestBeforeOverrideMs)
    return { code: 'OVERRIDE_TOO_LATE', path: '/occurredAt' }
  return { occurredAtMs, nowMs }
}

/** The fact that a lead put another disposition beside one. */
export type ScreeningOverridden = {
  readonly type: 'screening.overridden'
  readonly id: string
  readonly madeAtMs: number
  readonly disposition: Disposition
  /** What stood when it was made. */
  readonly stood: Disposition
  readonly needsSecond: boolean
}

export type DecidedOverride =
  | { readonly ok: true; readonly fact: ScreeningOverridden }
  | { readonly ok: false; readonly refusal: Refusal }

/**
 * The rule that phone and server share: an override becomes a fact, or a refusal that says what and where. One that
 * repeats what stands is a fact too: an older one may still be on another phone, and would stand if this were refused.
 * @param recorded  of the person it is about   @param earlier  overrides of the same person
 * @param ruleSet  the version that the disposition was decided by   @param nowMs  Unix time of whoever decides
 */
export const decideOverride = (
  command: OverrideScreening,
  {
    recorded,
    earlier,
    ruleSet,
  }: {
    readonly recorded: RecordedDisposition
    readonly earlier: readonly StandingOverride[]
    readonly ruleSet: Pick<RuleSet, 'rules' | 'overrides'>
  },
  nowMs: number,
): DecidedOverride => {
  const times = findWrongTime(command, recorded, nowMs)
  if ('code' in times) return { ok: false, refusal: times }
  if (command.words?.isWellFormed() === false)
    return { ok: false, refusal: { code: 'TEXT_NOT_WELL_FORMED', path: '/words' } }
  if (groundsInWords.has(command.ground) && (command.words ?? '').trim() === '')
    return { ok: false, refusal: { code: 'OVERRIDE_WORDS_MISSING', path: '/words' } }
  const allowed = allowOverride(command.disposition, recorded.ruleIds, ruleSet)
  if (!allowed.ok) return allowed
  const before = earlier.filter(({ madeAtMs }) => madeAtMs < times.occurredAtMs)
  const stood = standingDisposition(recorded.disposition, before)
  const { needsSecond } = allowed
  const { id, disposition } = command
  return {
    ok: true,
    fact: {
      type: 'screening.overridden',
      id,
      madeAtMs: times.occurredAtMs,
      disposition,
      stood,
      needsSecond,
    },
  }
}
