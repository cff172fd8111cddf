import { aReference, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { describe, expect, it } from 'vitest'
import { correctRefused } from '#src/screening/correct-refused.ts'
import { decideScreening } from '#src/screening/decide.ts'
import {
  canDepartOn,
  looksLikeService,
  normaliseServiceNumber,
  serviceNumberIn,
  serviceText,
} from '#src/screening/service.ts'

const reference = aReference()
const nowMs = Date.parse('2020-01-23T15:00:00.000Z')
const service = { number: ' cz-3739 ', departsOn: '2020-01-23' }
const flight = (more: object = {}) =>
  aScreening({ conveyance: { kind: 'flight', service: { ...service, ...more }, seatsPerRow: 6 } })

describe('the number of a run', () => {
  it.each([
    ['train', 'G6123', true],
    ['train', 'k 9064', true],
    ['train', '1461', true],
    ['train', 'B6123', false],
    ['train', 'G61234', false],
    ['flight', 'CZ3739', true],
    ['flight', '3U8633', true],
    ['flight', 'CSN3739', true],
    ['flight', 'CZ', false],
    ['flight', '3739', false],
    ['ferry', '海珠168', true],
    ['ferry', '1', false],
  ] as const)('of a %s: %s looks right: %s', (kind, number, right) => {
    expect(looksLikeService(kind, number)).toBe(right)
  })

  it('is one however it is written, and leads its text', () => {
    for (const written of ['cz3739', 'CZ 3739', 'ＣＺ-3739'])
      expect(normaliseServiceNumber(written)).toBe('CZ3739')
    const text = serviceText({ number: 'G6123', departsOn: '2020-01-23', carriage: '05' })
    expect(text).toBe('G6123 2020-01-23 05')
    expect(serviceNumberIn(text)).toBe('G6123')
  })
})

describe('the day of a run', () => {
  it.each([
    ['2020-01-23', true],
    ['2020-01-24', true],
    ['2020-01-25', false],
    ['2020-01-01', true],
    ['2019-12-23', false],
    ['2020-02-30', false],
  ])('%s is one on which people screened on 23 January may have left: %s', (departsOn, can) => {
    expect(canDepartOn(departsOn, '2020-01-23')).toBe(can)
  })
})

describe('a screening of a run', () => {
  it('keeps number, day, rows and places', () => {
    const command = { ...flight(), travellers: [aTraveller({ seatLabel: '32A' })] }
    expect(decideScreening(reference, command, nowMs)).toMatchObject({
      ok: true,
      fact: {
        service: { number: 'CZ3739', departsOn: '2020-01-23' },
        seatsPerRow: 6,
        travellers: [{ entered: { seatLabel: '32A' } }],
      },
    })
  })

  it.each([
    ['INVALID_INPUT', { conveyance: { kind: 'car', plate: '粤C12345', service } }],
    ['INVALID_INPUT', { conveyance: { kind: 'train', service: { ...service, number: ' - ' } } }],
    ['TEXT_NOT_WELL_FORMED', { conveyance: { kind: 'train', service: { ...service, number: 'G\ud800' } } }],
    ['IMPOSSIBLE_TIME', { conveyance: { kind: 'ferry', service: { ...service, departsOn: '2020-02-30' } } }],
    [
      'SEAT_TAKEN_TWICE',
      { travellers: [aTraveller({ seatLabel: '1A' }), aTraveller({ seat: 2, seatLabel: '1A' })] },
    ],
  ] as const)('is refused with %s', (code, wrong) => {
    const command = aScreening(wrong as Parameters<typeof aScreening>[0])
    expect(decideScreening(reference, command, nowMs)).toMatchObject({ ok: false, refusal: { code } })
    const post = reference.post(1)
    if (post === undefined) throw new Error('the demo city has no first post')
    const corrected = correctRefused(command, {
      plate: '',
      post,
      lane: 1,
      responseId: 'covid-19-like',
      rulesVersion: 1,
      symptoms: new Set(),
      isKnownOrigin: reference.isKnownOrigin,
      homeOrigin: 440_400,
      dayOf: () => '2020-01-23',
      nowMs,
      newId: () => aScreening({}, 99).id,
    })
    expect(decideScreening(reference, corrected, nowMs)).toMatchObject({ ok: true })
  })
})
