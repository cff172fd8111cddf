import { describe, expect, it } from 'vitest'
import { seatForDocument } from './document-seat.ts'
import { type Draft, newDraft } from './draft.ts'
import { type DraftAction, reduceDraft } from './draft-reducer.ts'

const nowMs = Date.parse('2020-02-01T02:00:00.000Z')
const fresh = newDraft({ plateStart: '粤C', originCode: 440_400, kind: 'car', method: 'forehead' })
const play = (draft: Draft, ...actions: readonly DraftAction[]): Draft =>
  actions.reduce((each, action) => reduceDraft(each, action, nowMs), draft)
const read = (draft: Draft, number: string): Draft => {
  const seat = seatForDocument(draft, number)
  return play(draft, { do: 'document', seat, change: { documentKind: 'passport', documentNumber: number } })
}
const numbersOf = ({ travellers }: Draft): readonly string[] =>
  travellers.map(({ documentNumber }) => documentNumber)

describe('documents that a reader sends one after the other', () => {
  it('go to one person each, and whoever was not counted is one more', () => {
    const two = play(fresh, { do: 'count', count: 2, originCode: 440_400 })
    const three = ['E00000001', 'E00000002', 'E00000003'].reduce(read, two)
    expect(numbersOf(three)).toEqual(['E00000001', 'E00000002', 'E00000003'])
    expect(three).toMatchObject({ panel: 'person', activeSeat: 3 })
    expect(three.travellers[2]?.originCode).toBe(440_400)
  })

  it('are the same person where the same one is read again', () => {
    expect(numbersOf(read(read(fresh, 'E00000001'), 'E00000001'))).toEqual(['E00000001'])
  })

  it('go to whoever is open, who has none yet', () => {
    const open = play(
      fresh,
      { do: 'count', count: 3, originCode: 440_400 },
      { do: 'activate', seat: 2, panel: 'person' },
    )
    expect(numbersOf(read(open, 'E00000001'))).toEqual(['', 'E00000001', ''])
  })

  it('of people at places make somebody without a place, and nobody beyond what a record holds', () => {
    const coach = play(
      fresh,
      { do: 'by-seat', seatsPerRow: 4 },
      { do: 'place-under', at: '2020-02-01T02:00:00.000Z', originCode: 440_400 },
    )
    const two = read(read(coach, 'E00000001'), 'E00000002')
    expect(two.travellers.map(({ seat, seatLabel }) => [seat, seatLabel])).toEqual([
      [1, '1A'],
      [2, undefined],
    ])
    const full = Array.from({ length: 120 }, (_, index) => `E${10_000_000 + index}`).reduce(read, fresh)
    expect(full.travellers).toHaveLength(100)
    expect(new Set(full.travellers.map(({ seat }) => seat)).size).toBe(100)
  })
})
