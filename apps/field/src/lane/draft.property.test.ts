import {
  type RecordScreening,
  RecordScreening as schema,
} from '@guankou/contract/screening/record-screening.ts'
import { conveyanceKinds, documentKinds } from '@guankou/contract/screening/vocabulary.ts'
import { decideScreening } from '@guankou/domain/screening/decide.ts'
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { v7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { contentAt } from '#journey/demo-pack.ts'
import { buildCommand, missingOf } from './build-command.ts'
import { type Draft, isPlated, newDraft } from './draft.ts'
import { type DraftAction, reduceDraft } from './draft-reducer.ts'
import { plateDigits, plateLetters } from './plate.ts'
import { referenceOf, rulesInForce } from './reference.ts'

const startMs = Date.parse('2020-02-01T02:00:00.000Z')
const content = contentAt(startMs)
const [post] = content.posts
if (post === undefined) throw new Error('the demo pack has no post')
const rules = rulesInForce(content, post, startMs)
if (rules === undefined) throw new Error('the demo pack has no rules in force')
const home = 440400
const plateStart = '粤C'
const thresholdCelsius = rules.ruleSet.feverThresholdCelsius
const at = new Date(startMs).toISOString()

const fresh = (): Draft => newDraft({ plateStart, originCode: home, kind: 'car', method: 'forehead' })

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', ' ', '\u0000', '\ud800', '王小明', '\u2028x', 'a'.repeat(32)),
)

const action: fc.Arbitrary<DraftAction> = fc.oneof(
  fc
    .constantFrom(...plateDigits, ...plateLetters)
    .map((symbol): DraftAction => ({ do: 'plate-symbol', symbol })),
  fc.constantFrom<DraftAction>(
    { do: 'plate-back' },
    { do: 'plate-none' },
    { do: 'plate-province', province: '鄂' },
    { do: 'temperature-back' },
    { do: 'under-threshold', at, everyone: true },
    { do: 'under-threshold', at, everyone: false },
    { do: 'queue', vehicles: 5 },
    { do: 'queue', vehicles: null },
    { do: 'method', method: 'ear' },
    { do: 'panel', panel: 'plate' },
  ),
  fc.constantFrom(...conveyanceKinds).map((kind): DraftAction => ({ do: 'kind', kind, plateStart })),
  fc.integer({ min: 1, max: 9 }).map((count): DraftAction => ({ do: 'count', count, originCode: home })),
  fc.integer({ min: 1, max: 9 }).map((seat): DraftAction => ({ do: 'remove', seat })),
  fc.constantFrom(...plateDigits).map((digit): DraftAction => ({ do: 'digit', digit, at, thresholdCelsius })),
  fc.integer({ min: 1, max: 9 }).map((seat): DraftAction => ({ do: 'activate', seat, panel: 'temperature' })),
  fc
    .record({
      seat: fc.integer({ min: 1, max: 9 }),
      change: fc.record(
        {
          name: nasty.map((text) => text.slice(0, 80)),
          documentKind: fc.constantFrom(...documentKinds),
          documentNumber: nasty.map((text) => text.slice(0, 32)),
          phone: fc.constantFrom('', '13800000000', '+86 756', '1'),
          contactWithCase: fc.boolean(),
          notMeasured: fc.boolean(),
          symptoms: fc.subarray(['cough', 'fatigue']),
          exposures: fc.constantFrom(
            [],
            [{ areaCode: 420100, leftOn: '2020-01-30', evidence: 'ticket' as const }],
          ),
        },
        { requiredKeys: [] },
      ),
    })
    .map(({ seat, change }): DraftAction => ({ do: 'person', seat, change })),
)

const commandOf = (draft: Draft, nowMs: number): RecordScreening =>
  buildCommand(draft, {
    jurisdiction: post.jurisdiction,
    postId: post.id,
    lane: 1,
    responseId: rules.response.id,
    rulesVersion: rules.ruleSet.version,
    nowMs,
    newId: (ms) => v7({ msecs: ms }),
  })

/** Fills in by hand what no key of this game can. */
const completed = (draft: Draft): Draft => ({
  ...draft,
  withoutPlate: draft.withoutPlate || (isPlated(draft.kind) && draft.plate.length < 3),
  travellers: draft.travellers.map((each) => ({
    ...each,
    phone: each.phone.length < 3 ? '' : each.phone,
    checkedCelsius: each.readings.flatMap(({ temperatureCelsius }) => temperatureCelsius ?? []),
  })),
})

const play = (actions: readonly DraftAction[]): Draft =>
  actions.reduce((draft, each, index) => reduceDraft(draft, each, startMs + index * 500), fresh())

describe('whatever keys are pressed', () => {
  it('a draft that counts as whole becomes a command that contract and rules take', () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 1, maxLength: 60 }), (actions) => {
        const almost = play(actions)
        const whole = completed(play([...actions, { do: 'under-threshold', at, everyone: true }]))
        expect(missingOf(whole)).toEqual([])
        const command = commandOf(whole, startMs + 60_000)
        expect([...Value.Errors(schema, command)]).toEqual([])
        const decided = decideScreening(referenceOf(content), command, startMs + 60_000)
        expect(decided.ok ? 'taken' : decided.refusal).toBe('taken')
        expect(almost.travellers.map((traveller) => traveller.seat)).toEqual(
          almost.travellers.map((_, index) => index + 1),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('nobody has more than two readings, and the active seat exists', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
        const draft = play(actions.filter((each) => each.do !== 'activate'))
        expect(draft.travellers.some((traveller) => traveller.seat === draft.activeSeat)).toBe(true)
        for (const traveller of draft.travellers) expect(traveller.readings.length).toBeLessThanOrEqual(2)
      }),
    )
  })
})
