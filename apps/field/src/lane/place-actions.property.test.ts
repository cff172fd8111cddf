import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildCommand, missingOf } from './build-command.ts'
import { aboardOf, type Draft, newDraft, newTraveller, placeKeyOf } from './draft.ts'
import { type DraftAction, reduceDraft } from './draft-reducer.ts'

const at = '2020-01-23T06:00:00.000Z'
const nowMs = Date.parse(at)
const originCode = 440_400
const flight = newDraft({ plateStart: '粤C', originCode, kind: 'flight', method: 'forehead' })
const service = { number: 'CZ3739', departsOn: '2020-01-23' }
const run = (draft: Draft, ...actions: readonly DraftAction[]): Draft =>
  actions.reduce((now, action) => reduceDraft(now, action, nowMs), draft)
const under: DraftAction = { do: 'place-under', at, originCode }
const begun = run(flight, { do: 'service', service, seatsPerRow: 6, next: 'seats' })
const digits = (typed: string): DraftAction[] =>
  [...typed].map((digit) => ({ do: 'digit', digit, at, thresholdCelsius: 37.3 }))

const listed = (names: readonly string[]): Draft => ({
  ...begun,
  travellers: names.map((name, index) => ({
    ...newTraveller(index + 1, originCode),
    name,
    seatLabel: `${index + 1}A`,
    presence: 'expected' as const,
  })),
  atPlace: '1A',
})

const commandOf = (draft: Draft) =>
  buildCommand(draft, {
    jurisdiction: 440_402,
    postId: 1,
    lane: 1,
    responseId: 'ncp-2020',
    rulesVersion: 1,
    nowMs,
    newId: () => '016fd0d7-5a80-7000-8000-000000000001',
  })

describe('entering people by their places', () => {
  it('takes one tap a place, and offers the next', () => {
    const three = run(begun, under, under, under)
    expect(three.travellers.map(placeKeyOf)).toEqual(['1A', '1B', '1C'])
    expect(three.atPlace).toBe('1D')
    expect(missingOf(three)).toEqual([])
    expect(commandOf(three)).toMatchObject({
      conveyance: { kind: 'flight', service, seatsPerRow: 6 },
      travellers: [{ seat: 1, seatLabel: '1A', readings: [{ underThreshold: true }] }, {}, {}],
    })
  })

  it('leaves empty places out, and measures somebody by number in between', () => {
    const draft = run(
      begun,
      { do: 'place-empty' },
      { do: 'place-here', originCode, panel: 'temperature' },
      ...digits('364'),
      under,
    )
    expect(draft.panel).toBe('seats')
    expect(draft.travellers.map((each) => [placeKeyOf(each), each.readings[0]?.temperatureCelsius])).toEqual([
      ['1B', 36.4],
      ['1C', undefined],
    ])
  })

  it('stays at a fever until it is measured again', () => {
    const hot = run(begun, { do: 'place-here', originCode, panel: 'temperature' }, ...digits('381'))
    expect(hot).toMatchObject({ panel: 'temperature', activeSeat: 1 })
    // A tap on the place again never puts the note in the place of the number.
    const again = run(hot, { do: 'place-go', place: '1A' }, under)
    expect(again.travellers[0]?.readings).toEqual(hot.travellers[0]?.readings)
  })

  it('takes back a tap too many, and nobody who was measured by number', () => {
    const two = run(begun, under, under, { do: 'place-go', place: '1A' }, { do: 'place-empty' })
    expect(two.travellers.map(placeKeyOf)).toEqual(['1B'])
    const hot = run(begun, { do: 'place-here', originCode, panel: 'temperature' }, ...digits('381'))
    const same = run(hot, { do: 'place-go', place: '1A' }, { do: 'place-empty' })
    expect(same.travellers).toEqual(hot.travellers)
    expect(run(hot, { do: 'remove', seat: 1 }).travellers).toEqual([])
  })

  it('goes back to the places once a fever was measured a second time', () => {
    const hot = run(begun, { do: 'place-here', originCode, panel: 'temperature' }, ...digits('381'))
    expect(run(hot, ...digits('382'))).toMatchObject({ panel: 'seats', atPlace: '1B' })
  })

  it('goes on where it was with the next people of the same flight', () => {
    const done = run(begun, under, under)
    const next = newDraft({
      plateStart: '粤C',
      originCode,
      kind: 'flight',
      method: 'forehead',
      same: { service, seatsPerRow: 6, atPlace: done.atPlace ?? '' },
    })
    expect(next).toMatchObject({ panel: 'seats', atPlace: '1C', travellers: [], service })
  })

  it('never gives a number or a place twice, whatever is tapped', () => {
    const action = fc.oneof(
      fc.constant<DraftAction>(under),
      fc.constant<DraftAction>({ ...under, unplaced: true } as DraftAction),
      fc.constant<DraftAction>({ do: 'place-empty' }),
      fc.constant<DraftAction>({ do: 'rest-here' }),
      fc.constant<DraftAction>({ do: 'rest-absent' }),
      fc.constant<DraftAction>({ do: 'place-here', originCode, panel: 'temperature' }),
      fc
        .tuple(fc.integer({ min: 1, max: 20 }), fc.constantFrom(...'ABCDEF'))
        .map(([row, letter]): DraftAction => ({ do: 'place-go', place: `${row}${letter}` })),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(
          begun,
          listed(['甲', '乙', '丙']),
          run(flight, { do: 'by-seat', seatsPerRow: undefined }),
        ),
        fc.array(action, { maxLength: 160 }),
        (start, actions) => {
          const { travellers, atPlace } = run(start, ...actions)
          expect(new Set(travellers.map(({ seat }) => seat)).size).toBe(travellers.length)
          expect(new Set(travellers.map(placeKeyOf)).size).toBe(travellers.length)
          expect(travellers.length).toBeLessThanOrEqual(100)
          expect(atPlace).toBeDefined()
          for (const each of start.travellers)
            expect(travellers.some(({ seat, name }) => seat === each.seat && name === each.name)).toBe(true)
        },
      ),
    )
  })
})

describe('working through a list', () => {
  it('ticks everyone off as here or not aboard, and records those who are here', () => {
    const draft = run(listed(['甲', '乙', '丙']), under, { do: 'place-empty' })
    expect(draft.atPlace).toBe('3A')
    expect(missingOf(draft)).toEqual([{ is: 'expected', count: 1 }])
    const done = run(draft, under)
    expect(missingOf(done)).toEqual([])
    expect(commandOf(done).travellers.map(({ name, seatLabel }) => [name, seatLabel])).toEqual([
      ['甲', '1A'],
      ['丙', '3A'],
    ])
  })

  it('lets somebody who was not aboard come after all', () => {
    const draft = run(listed(['甲']), { do: 'place-empty' }, { do: 'place-go', place: '1A' }, under)
    expect(aboardOf(draft)).toMatchObject([{ name: '甲' }])
  })

  it('lets somebody who was ticked off by mistake be not aboard after all, and be measured when they come', () => {
    const draft = run(listed(['甲']), under, { do: 'place-go', place: '1A' }, { do: 'place-empty' })
    expect(draft.travellers).toMatchObject([{ name: '甲', presence: 'absent', readings: [] }])
    expect(run(draft, { do: 'place-go', place: '1A' }, under).travellers[0]?.readings).toHaveLength(1)
  })

  it('takes all who are left at one tap, or lets them be', () => {
    const here = run(listed(['甲', '乙']), { do: 'rest-here' }, { do: 'under-threshold', at, everyone: true })
    expect(missingOf(here)).toEqual([])
    expect(commandOf(here).travellers).toHaveLength(2)
    const gone = run(listed(['甲', '乙']), { do: 'rest-absent' })
    expect(missingOf(gone)).toEqual([{ is: 'people' }])
  })

  it('does not measure whoever is not here', () => {
    const all = run(listed(['甲', '乙']), under, { do: 'under-threshold', at, everyone: true })
    expect(all.travellers[1]?.readings).toEqual([])
  })
})
