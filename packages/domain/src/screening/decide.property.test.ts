import { RuleSet } from '@guankou/contract/responses/response.ts'
import { recordScreeningRefusals } from '@guankou/contract/screening/endpoints.ts'
import { RecordScreening, Traveller } from '@guankou/contract/screening/record-screening.ts'
import fc from 'fast-check'
import Value from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { withNormalIdentity } from '#src/identity/normalise.ts'
import { decideScreening, type Reference } from '#src/screening/decide.ts'
import { addTallies, emptyTally } from '#src/screening/tally.ts'

type Schema = {
  readonly anyOf?: readonly Schema[]
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

const lengths = ({ minLength = 0, maxLength = 40 }: Schema) => ({ minLength, maxLength })

/** Texts that fit the pattern, and, where any character may stand, the awkward ones of Unicode too. */
const textOf = (schema: Schema): fc.Arbitrary<string> => {
  if (schema.pattern === undefined) return fc.string({ unit: 'binary', ...lengths(schema) })
  const pattern = new RegExp(schema.pattern, 'u')
  const fits = (text: string) => {
    const length = [...text].length
    return pattern.test(text) && length >= lengths(schema).minLength && length <= lengths(schema).maxLength
  }
  const matching = fc.stringMatching(pattern, { maxLength: lengths(schema).maxLength }).filter(fits)
  return pattern.test('\ud800 ')
    ? fc.oneof(matching, fc.string({ unit: 'binary', ...lengths(schema) }).filter(fits))
    : matching
}

const listOf = (schema: Schema): fc.Arbitrary<readonly unknown[]> => {
  const limits = { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 5, 5) }
  const items = arbitraryOf(schema.items ?? {})
  return schema.uniqueItems === true ? fc.uniqueArray(items, limits) : fc.array(items, limits)
}

const objectOf = ({ properties = {}, required = [] }: Schema): fc.Arbitrary<object> =>
  fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, arbitraryOf(schema)])),
    { requiredKeys: [...required], noNullPrototype: true },
  )

/** Any value that a schema of the contract admits. @throws Error for a kind of schema it does not know */
const arbitraryOf = (of: object): fc.Arbitrary<unknown> => {
  const schema: Schema = of
  const { minimum: min = 0, maximum: max = 1_000_000 } = schema
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.type === 'string') return textOf(schema)
  if (schema.type === 'integer') return fc.integer({ min, max })
  if (schema.type === 'number') return fc.double({ min, max, noNaN: true })
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(arbitraryOf))
  if (schema.type === 'null') return fc.constant(null)
  if (schema.type === 'array') return listOf(schema)
  if (schema.type === 'object') return objectOf(schema)
  throw new Error(`no generator for ${JSON.stringify(schema)}`)
}

const anyCommand = arbitraryOf(RecordScreening) as fc.Arbitrary<RecordScreening>
const anyTraveller = arbitraryOf(Traveller) as fc.Arbitrary<Traveller>
const anyRuleSet = arbitraryOf(RuleSet) as fc.Arbitrary<RuleSet>

const idAt = (ms: number): string => {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7abc-8def-0123456789ab`
}

/** An ordinary traveller with some parts drawn from everything that the schema admits. */
const traveller = fc
  .tuple(anyTraveller, fc.subarray(Object.keys(Traveller.properties) as (keyof Traveller)[]))
  .map(([drawn, parts]): Traveller => {
    const ordinary: Traveller = {
      seat: 1,
      document: { kind: 'none' },
      origin: { code: 440_100, evidence: 'declared' },
      exposures: [],
      contactWithCase: false,
      readings: [],
      symptoms: [],
    }
    const taken = parts.filter((part) => drawn[part] !== undefined)
    return { ...ordinary, ...Object.fromEntries(taken.map((part) => [part, drawn[part]])) }
  })

const instant = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31, 23, 59, 59, 999) })

/** A command whose time and id agree, so that the rules behind that check are met too. */
const timedCommand = fc
  .tuple(anyCommand, fc.array(traveller, { minLength: 1, maxLength: 5 }), instant)
  .map(([command, travellers, ms]): RecordScreening => {
    const occurredAt = new Date(ms).toISOString()
    return {
      ...command,
      id: idAt(ms),
      startedAt: occurredAt,
      occurredAt,
      lane: 1,
      conveyance: { kind: 'car', plate: '粤C12345' },
      travellers: travellers.map((one, index) => ({ ...one, seat: index + 1 })),
    }
  })

const zones = ['Asia/Shanghai', 'Pacific/Apia', 'America/St_Johns', 'Etc/GMT+12', 'Asia/Kathmandu'] as const
const place = { longitude: 0, latitude: 0, illustrative: true, name: { zh: '甲', en: 'A' } }

/** A reference that knows whatever the command names, so that only the command's own faults count. */
const obliging = (command: RecordScreening, ruleSet: RuleSet, timeZone: string): Reference => ({
  jurisdiction: (code) => ({ code, parentCode: null, name: place.name, timeZone }),
  post: (id) => ({ id, jurisdiction: command.jurisdiction, type: 'port', lanes: 60, ...place }),
  response: (id) => ({
    id,
    name: place.name,
    collectionFrom: '0000-01-01',
    collectionUntil: '9999-12-31',
    ruleSets: [{ ...ruleSet, version: command.rulesVersion }],
  }),
  isKnownOrigin: () => true,
})

const empty: Reference = {
  jurisdiction: () => undefined,
  post: () => undefined,
  response: () => undefined,
  isKnownOrigin: () => false,
}

const scene = fc.record({
  command: fc.oneof(anyCommand, timedCommand),
  ruleSet: anyRuleSet,
  zone: fc.constantFrom(...zones),
  nowMs: fc.oneof(instant, fc.constant(Number.MAX_SAFE_INTEGER)),
})

/** The parent of what a JSON Pointer names must be there; the member itself may be what is missing. */
const pointsInto = (value: unknown, pointer: string): boolean => {
  let at: unknown = value
  for (const token of pointer.split('/').slice(1, -1)) {
    if (typeof at !== 'object' || at === null) return false
    at = (at as Record<string, unknown>)[token]
  }
  return typeof at === 'object' && at !== null
}

describe('the generator of commands', () => {
  it('draws only what the contract admits', () => {
    fc.assert(
      fc.property(scene, ({ command, ruleSet }) => {
        expect(Value.Check(RecordScreening, command)).toBe(true)
        expect(Value.Check(RuleSet, ruleSet)).toBe(true)
      }),
    )
  })

  it('reaches acceptance and refusal alike', () => {
    const outcomes = fc
      .sample(fc.tuple(timedCommand, anyRuleSet), { numRuns: 300, seed: 20_200_123 })
      .map(([command, ruleSet]) => {
        const decided = decideScreening(obliging(command, ruleSet, 'UTC'), command, Number.MAX_SAFE_INTEGER)
        return decided.ok ? 'accepted' : decided.refusal.code
      })
    expect(outcomes).toContain('accepted')
    expect(new Set(outcomes).size).toBeGreaterThan(3)
  })
})

describe('decideScreening', () => {
  it('answers every command that the schema admits, and never throws', () => {
    fc.assert(
      fc.property(scene, ({ command, ruleSet, zone, nowMs }) => {
        for (const reference of [obliging(command, ruleSet, zone), empty]) {
          const decided = decideScreening(reference, command, nowMs)
          if (decided.ok) continue
          expect(recordScreeningRefusals).toContain(decided.refusal.code)
          expect(pointsInto(command, decided.refusal.path ?? '')).toBe(true)
        }
      }),
      { numRuns: 1_500 },
    )
  })

  it('decides the same again, and leaves the command as it was', () => {
    fc.assert(
      fc.property(scene, ({ command, ruleSet, zone, nowMs }) => {
        const reference = obliging(command, ruleSet, zone)
        const before = structuredClone(command)
        const first = decideScreening(reference, command, nowMs)
        expect(decideScreening(reference, command, nowMs)).toEqual(first)
        expect(decideScreening(reference, before, nowMs)).toEqual(first)
        expect(command).toEqual(before)
      }),
      { numRuns: 500 },
    )
  })

  it('makes a fact that is true of its command', () => {
    fc.assert(
      fc.property(timedCommand, anyRuleSet, fc.constantFrom(...zones), (command, ruleSet, zone) => {
        const decided = decideScreening(obliging(command, ruleSet, zone), command, Number.MAX_SAFE_INTEGER)
        if (!decided.ok) return
        const { fact } = decided
        expect(fact.tally).toMatchObject({ vehicles: 1, travellers: command.travellers.length })
        expect(fact.travellers.map((one) => one.entered)).toEqual(command.travellers.map(withNormalIdentity))
        expect(fact.travellers.map((one) => one.decision.disposition)).toContain(fact.disposition)
        expect(fact.slot).toBeGreaterThanOrEqual(0)
        expect(fact.slot).toBeLessThan(72)
        expect(addTallies(fact.tally, emptyTally)).toEqual(fact.tally)
      }),
      { numRuns: 1_000 },
    )
  })
})
