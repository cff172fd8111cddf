import { matchReasons } from '@guankou/contract/matching/reasons.ts'
import { exposureLevels, feverLevels, type Rule, type RuleSet } from '@guankou/contract/responses/response.ts'
import { type Disposition, dispositionRank, dispositions } from '@guankou/contract/screening/dispositions.ts'
import { type OverrideScreening, overrideStates } from '@guankou/contract/screening/override.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideDisposition, type Findings } from '#src/screening/disposition.ts'
import {
  allowOverride,
  decideOverride,
  overrideBound,
  type StandingOverride,
  standingDisposition,
} from '#src/screening/override.ts'
import { dispositionShift } from '#src/screening/override-shift.ts'

const disposition = fc.constantFrom(...dispositions)

/** Any rules that the contract admits, each with its own id, with bounds and without. */
const rules: fc.Arbitrary<Rule[]> = fc.uniqueArray(
  fc.record(
    {
      id: fc.integer({ min: 0, max: 999 }).map((n) => `R${n}`),
      when: fc.record(
        {
          feverAtLeast: fc.constantFrom(...feverLevels),
          exposureAtLeast: fc.constantFrom(...exposureLevels),
          symptomsAtLeast: fc.integer({ min: 1, max: 20 }),
          listed: fc.subarray([...matchReasons], { minLength: 1 }),
          listedConfirmed: fc.constant(true as const),
        },
        { requiredKeys: [] },
      ),
      disposition,
      reason: fc.constant({ zh: '理由', en: 'reason' }),
      leadMayLowerTo: disposition,
    },
    { requiredKeys: ['id', 'when', 'disposition', 'reason'] },
  ),
  { maxLength: 12, selector: ({ id }) => id },
)

const findings: fc.Arbitrary<Findings> = fc.record({
  fever: fc.constantFrom(...feverLevels),
  exposure: fc.constantFrom(...exposureLevels),
  symptomCount: fc.integer({ min: 0, max: 20 }),
  listed: fc.array(fc.record({ reason: fc.constantFrom(...matchReasons), confirmed: fc.boolean() }), {
    maxLength: 3,
  }),
})

const worstOf = (a: Findings, b: Findings): Findings => ({
  fever: feverLevels[Math.max(feverLevels.indexOf(a.fever), feverLevels.indexOf(b.fever))] ?? 'none',
  exposure:
    exposureLevels[Math.max(exposureLevels.indexOf(a.exposure), exposureLevels.indexOf(b.exposure))] ??
    'none',
  symptomCount: Math.max(a.symptomCount, b.symptomCount),
  listed: [...a.listed, ...b.listed],
})

const policy: fc.Arbitrary<RuleSet['overrides']> = fc.option(
  fc.record({
    to: fc.subarray([...dispositions], { minLength: 1 }),
    belowBound: fc.constantFrom('second-person' as const, 'never' as const),
  }),
  { nil: undefined },
)

const withPolicy = (set: Rule[], overrides: RuleSet['overrides']): Pick<RuleSet, 'rules' | 'overrides'> => ({
  rules: set,
  ...(overrides === undefined ? {} : { overrides }),
})

describe('overrideBound', () => {
  it('is never milder for who has more fever, exposure or symptoms, under any rules', () => {
    fc.assert(
      fc.property(findings, findings, rules, (a, b, set) => {
        const bound = (found: Findings) =>
          dispositionRank(overrideBound(decideDisposition(found, set).ruleIds, set))
        expect(bound(worstOf(a, b))).toBeGreaterThanOrEqual(bound(a))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('allowOverride', () => {
  it('lets nobody alone go below the bound, nor anybody to what is not lawful', () => {
    fc.assert(
      fc.property(findings, rules, policy, disposition, (found, set, overrides, wanted) => {
        const { ruleIds } = decideDisposition(found, set)
        const allowed = allowOverride(wanted, ruleIds, withPolicy(set, overrides))
        const isBelow = dispositionRank(wanted) < dispositionRank(overrideBound(ruleIds, set))
        if (!allowed.ok) {
          const isLawful = overrides?.to.includes(wanted) ?? true
          expect(isLawful && !(isBelow && overrides?.belowBound !== 'second-person')).toBe(false)
          return
        }
        expect(allowed.needsSecond).toBe(isBelow)
        if (isBelow) expect(overrides?.belowBound).toBe('second-person')
        if (overrides !== undefined) expect(overrides.to).toContain(wanted)
      }),
      { numRuns: 2_000 },
    )
  })

  it('never allows one lead alone for worse findings what it does not allow for better ones', () => {
    fc.assert(
      fc.property(findings, findings, rules, policy, disposition, (a, b, set, overrides, wanted) => {
        const alone = (found: Findings): boolean => {
          const { ruleIds } = decideDisposition(found, set)
          const allowed = allowOverride(wanted, ruleIds, withPolicy(set, overrides))
          return allowed.ok && !allowed.needsSecond
        }
        if (alone(worstOf(a, b))) expect(alone(a)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})

const overrides: fc.Arbitrary<StandingOverride[]> = fc.uniqueArray(
  fc.record({
    id: fc.uuid({ version: 7 }),
    madeAtMs: fc.integer({ min: 0, max: 20 }),
    disposition,
    state: fc.constantFrom(...overrideStates),
  }),
  { maxLength: 8, selector: ({ id }) => id },
)

describe('standingDisposition', () => {
  it('does not depend on the order in which overrides arrive', () => {
    fc.assert(
      fc.property(disposition, overrides, fc.infiniteStream(fc.nat()), (recorded, all, keys) => {
        const shuffled = all
          .map((each) => ({ each, key: keys.next().value as number }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ each }) => each)
        expect(standingDisposition(recorded, shuffled)).toBe(standingDisposition(recorded, all))
      }),
    )
  })

  it('is what was recorded until an override is in force, and then one that is', () => {
    fc.assert(
      fc.property(disposition, overrides, (recorded, all) => {
        const inForce = all.filter(({ state }) => state === 'in-force').map((each) => each.disposition)
        const stands = standingDisposition(recorded, all)
        if (inForce.length === 0) expect(stands).toBe(recorded)
        else expect(inForce).toContain(stands)
      }),
    )
  })
})

describe('dispositionShift', () => {
  it('adds up along any way from one disposition to another', () => {
    fc.assert(
      fc.property(fc.array(disposition, { minLength: 2, maxLength: 8 }), (way) => {
        const first = way[0] as Disposition
        const last = way.at(-1) as Disposition
        const steps = way.slice(1).map((to, index) => dispositionShift(way[index] as Disposition, to))
        for (const count of ['secondChecks', 'quarantined', 'turnedBack', 'referred'] as const)
          expect(steps.reduce((sum, step) => sum + step[count], 0)).toBe(dispositionShift(first, last)[count])
      }),
    )
  })
})

const screenedAtMs = Date.parse('2020-01-23T14:32:07.120Z')
const nowMs = screenedAtMs + 3_600_000
const ruleSet: Pick<RuleSet, 'rules' | 'overrides'> = {
  rules: [
    {
      id: 'R4',
      when: { exposureAtLeast: 'high-risk-area' },
      disposition: 'home-quarantine',
      reason: { zh: '理由', en: 'reason' },
      leadMayLowerTo: 'second-check',
    },
  ],
  overrides: { to: ['passed', 'advised', 'second-check', 'referred'], belowBound: 'second-person' },
}
const recorded = {
  occurredAtMs: screenedAtMs,
  disposition: 'home-quarantine' as const,
  ruleIds: ['R4'],
}

const overriding = (
  changes: Partial<OverrideScreening> = {},
  atMs = screenedAtMs + 600_000,
): OverrideScreening => ({
  kind: 'screening.override',
  schemaVersion: 1,
  id: `${atMs.toString(16).padStart(12, '0').slice(0, 8)}-${atMs.toString(16).padStart(12, '0').slice(8)}-7000-8000-000000000001`,
  jurisdiction: 440_402,
  occurredAt: new Date(atMs).toISOString(),
  about: { screeningId: '016fd2d1-42d0-7881-8034-84e6d1c4acd0', seat: 1 },
  disposition: 'second-check',
  ground: 'papers-shown',
  ...changes,
})

const decide = (command: OverrideScreening, earlier: readonly StandingOverride[] = []) =>
  decideOverride(command, { recorded, earlier, ruleSet }, nowMs)

describe('decideOverride', () => {
  it('takes what the rules let a lead give alone', () => {
    expect(decide(overriding())).toMatchObject({
      ok: true,
      fact: { disposition: 'second-check', stood: 'home-quarantine', needsSecond: false },
    })
  })

  it('asks for a second person below the bound', () => {
    expect(decide(overriding({ disposition: 'advised' }))).toMatchObject({
      ok: true,
      fact: { needsSecond: true },
    })
  })

  it.each([
    ['OVERRIDE_NOT_LAWFUL', overriding({ disposition: 'turned-back' })],
    ['OVERRIDE_WORDS_MISSING', overriding({ ground: 'other-ground' })],
    ['OVERRIDE_WORDS_MISSING', overriding({ ground: 'other-ground', words: '   ' })],
    ['TEXT_NOT_WELL_FORMED', overriding({ words: 'half \ud800' })],
    ['ID_TIME_MISMATCH', overriding({ id: overriding({}, screenedAtMs).id })],
    ['IMPOSSIBLE_TIME', overriding({}, screenedAtMs - 3_600_000)],
    ['OCCURRED_IN_FUTURE', overriding({}, nowMs + 3_600_000)],
  ])('refuses with %s', (code, command) => {
    expect(decide(command)).toMatchObject({ ok: false, refusal: { code } })
  })

  it('refuses what is too late to have an effect', () => {
    const late = screenedAtMs + 15 * 86_400_000
    const command = overriding({}, late)
    expect(decideOverride(command, { recorded, earlier: [], ruleSet }, late)).toMatchObject({
      ok: false,
      refusal: { code: 'OVERRIDE_TOO_LATE' },
    })
  })

  it('says what stood, also where that is repeated, and takes the way back', () => {
    const before: StandingOverride = {
      id: '016fd2d1-42d0-7881-8034-84e6d1c4acd1',
      madeAtMs: screenedAtMs + 60_000,
      disposition: 'second-check',
      state: 'in-force',
    }
    expect(decide(overriding(), [before])).toMatchObject({ ok: true, fact: { stood: 'second-check' } })
    expect(decide(overriding(), [{ ...before, state: 'declined' }])).toMatchObject({
      ok: true,
      fact: { stood: 'home-quarantine' },
    })
    expect(decide(overriding(), [{ ...before, madeAtMs: nowMs }])).toMatchObject({
      ok: true,
      fact: { stood: 'home-quarantine' },
    })
    expect(decide(overriding({ disposition: 'referred' }), [before])).toMatchObject({
      ok: true,
      fact: { stood: 'second-check', needsSecond: false },
    })
  })

  it('sets no bound where the rules name none', () => {
    const without = { rules: ruleSet.rules.map(({ leadMayLowerTo: _, ...rule }) => rule) }
    const command = overriding({ disposition: 'passed' })
    expect(decideOverride(command, { recorded, earlier: [], ruleSet: without }, nowMs)).toMatchObject({
      ok: true,
      fact: { needsSecond: false },
    })
  })
})
