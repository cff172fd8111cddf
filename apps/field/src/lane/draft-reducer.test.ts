import { describe, expect, it } from 'vitest'
import { buildCommand, missingOf, plateDoubt } from './build-command.ts'
import { activeTraveller, type Draft, isUntouched, newDraft } from './draft.ts'
import { type DraftAction, reduceDraft } from './draft-reducer.ts'

const at = '2020-02-01T02:00:00.000Z'
const nowMs = Date.parse(at)
const thresholdCelsius = 37.3
const fresh = (): Draft =>
  newDraft({ plateStart: '粤C', originCode: 440400, kind: 'car', method: 'forehead' })
const play = (draft: Draft, ...actions: readonly DraftAction[]): Draft =>
  actions.reduce((each, action) => reduceDraft(each, action, nowMs), draft)
const digits = (text: string): readonly DraftAction[] =>
  [...text].map((digit) => ({ do: 'digit', digit, at, thresholdCelsius }))
const count = (n: number): DraftAction => ({ do: 'count', count: n, originCode: 440400 })

describe('entry at the lane', () => {
  it('starts the clock with the first key, not with looking about', () => {
    const looked = play(fresh(), { do: 'panel', panel: 'kind' }, { do: 'panel', panel: 'plate' })
    expect(isUntouched(looked)).toBe(true)
    expect(play(looked, { do: 'plate-symbol', symbol: '1' }).startedAtMs).toBe(nowMs)
  })

  it('goes on to the next person after three digits and comes round to who was left out', () => {
    const three = play(fresh(), count(3), ...digits('364'))
    expect(three.activeSeat).toBe(2)
    const skipped = play(three, { do: 'activate', seat: 3, panel: 'temperature' }, ...digits('365'))
    expect(skipped.activeSeat).toBe(2)
  })

  it('stays with a hot person and takes the next number as the second reading', () => {
    const hot = play(fresh(), count(2), ...digits('373'))
    expect(hot.activeSeat).toBe(1)
    const twice = play(hot, ...digits('378'))
    expect(twice.travellers[0]?.readings.map((reading) => reading.temperatureCelsius)).toEqual([37.3, 37.8])
  })

  it('goes on to the next person after a second number, so that nobody’s takes the place of a fever', () => {
    const two = play(fresh(), count(2), ...digits('381'), ...digits('383'), ...digits('364'))
    expect(
      two.travellers.map(({ readings }) => readings.map(({ temperatureCelsius }) => temperatureCelsius)),
    ).toEqual([[38.1, 38.3], [36.4]])
  })

  it('puts a corrected number in place of one that was under the threshold', () => {
    const once = play(fresh(), count(1), ...digits('364'), ...digits('366'))
    expect(once.travellers[0]?.readings.map((reading) => reading.temperatureCelsius)).toEqual([36.6])
  })

  it('reopens a whole reading for correction', () => {
    const back = play(fresh(), count(1), ...digits('364'), { do: 'temperature-back' })
    expect(activeTraveller(back)).toMatchObject({ readings: [], typed: '36' })
  })

  it('notes “under threshold” for all who have no reading, and leaves readings alone', () => {
    const all = play(fresh(), count(3), ...digits('364'), { do: 'under-threshold', at, everyone: true })
    expect(
      all.travellers.map(({ readings }) => readings[0]?.underThreshold ?? readings[0]?.temperatureCelsius),
    ).toEqual([36.4, true, true])
  })

  it('keeps people when the count grows and drops the last when it shrinks', () => {
    const two = play(fresh(), count(1), ...digits('364'), count(3), count(2))
    expect(two.travellers.map((traveller) => traveller.readings.length)).toEqual([1, 0])
  })

  it('loses nobody of whom something was entered to a smaller count', () => {
    const three = play(fresh(), count(3), ...digits('364'), ...digits('381'), ...digits('382'))
    const one = play(three, count(1))
    expect(one.travellers.map(({ seat, readings }) => [seat, readings.length])).toEqual([
      [1, 1],
      [2, 2],
    ])
  })

  it('takes out who is not aboard after all, and the others move up', () => {
    const three = play(fresh(), count(3), ...digits('364'), ...digits('365'))
    const two = play(three, { do: 'remove', seat: 1 })
    expect(two.travellers.map(({ seat, readings }) => [seat, readings[0]?.temperatureCelsius])).toEqual([
      [1, 36.5],
      [2, undefined],
    ])
    expect(play(two, { do: 'remove', seat: 1 }, { do: 'remove', seat: 1 }).travellers).toHaveLength(1)
  })

  it('lets the people of last time take nobody’s place who was measured or asked', () => {
    const again: DraftAction = { do: 'same-people', people: [], others: 2, originCode: 440400, underAt: at }
    const hot = play(fresh(), count(2), ...digits('381'))
    expect(play(hot, again).travellers).toEqual(hot.travellers)
    const blank = play(fresh(), count(1), again)
    expect(blank.travellers.map(({ readings }) => readings[0]?.underThreshold)).toEqual([true, true])
  })

  it('asks for no plate on foot and begins with the temperature', () => {
    const onFoot = play(fresh(), { do: 'kind', kind: 'on-foot', plateStart: '粤C' })
    expect([onFoot.panel, onFoot.plate]).toEqual(['temperature', ''])
    expect(missingOf(play(onFoot, ...digits('364')))).toEqual([])
  })

  it('says what is missing and what looks wrong', () => {
    expect(missingOf(fresh())).toEqual([{ is: 'plate' }, { is: 'temperature', seats: [1] }])
    expect(plateDoubt(play(fresh(), { do: 'plate-symbol', symbol: '1' }))).toBe('short')
    expect(plateDoubt(play(fresh(), { do: 'plate-none' }))).toBeUndefined()
  })
})

describe('the command', () => {
  const circumstances = {
    jurisdiction: 440402,
    postId: 1,
    lane: 2,
    responseId: 'r',
    rulesVersion: 3,
    newId: (ms: number) => `id-${ms}`,
  }

  it('carries the time of completion in its id', () => {
    const command = buildCommand(play(fresh(), count(1)), { ...circumstances, nowMs: nowMs + 5_000 })
    expect(command).toMatchObject({
      id: `id-${nowMs + 5_000}`,
      startedAt: at,
      occurredAt: '2020-02-01T02:00:05.000Z',
    })
  })

  it('draws in a start or a reading that a clock set back has left in the future', () => {
    const draft = play(fresh(), count(1), ...digits('364'))
    const command = buildCommand(draft, { ...circumstances, nowMs: nowMs - 60_000 })
    expect(command.startedAt).toBe(command.occurredAt)
    expect(command.travellers[0]?.readings[0]?.at).toBe(command.occurredAt)
  })

  it.each([
    ['11010519491231002X', 'resident-id'],
    ['830000199201300022', 'taiwan-permit'],
    ['110105194912310021', 'other'],
    ['E12345678', 'other'],
    ['', 'none'],
  ] as const)('says of the number %s whose kind nobody chose that it is a %s', (documentNumber, kind) => {
    const draft = play(fresh(), count(1), { do: 'person', seat: 1, change: { documentNumber } })
    expect(buildCommand(draft, { ...circumstances, nowMs }).travellers[0]?.document.kind).toBe(kind)
  })

  it('states no plate as such, and sends no empty fields', () => {
    const command = buildCommand(play(fresh(), { do: 'plate-none' }, count(1)), { ...circumstances, nowMs })
    expect(command.conveyance).toEqual({ kind: 'car', withoutPlate: true })
    expect(Object.keys(command.travellers[0] ?? {})).not.toContain('name')
    expect(command).not.toHaveProperty('queueVehicles')
  })
})
