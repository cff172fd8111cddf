import { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { decideScreening } from '@guankou/domain/screening/decide.ts'
import Value from 'typebox/value'
import { describe, expect, it } from 'vitest'
import {
  aReading,
  aReference,
  aResponse,
  aScreening,
  aTraveller,
  usualOccurredAt,
} from '#src/factories/screening.ts'

const decide = (command: RecordScreening, until = '2020-06-30') =>
  decideScreening(aReference(aResponse({ collectionUntil: until })), command, Date.parse(command.occurredAt))

describe('aScreening', () => {
  it('is accepted by contract and domain as it comes', () => {
    expect(Value.Errors(RecordScreening, aScreening())).toEqual([])
    const decided = decide(aScreening())
    expect(decided.ok && decided.fact.disposition).toBe('passed')
  })

  it('stays accepted at another time, with the id of that time', () => {
    const decided = decide(aScreening({ occurredAt: '2026-11-23T01:02:03.004Z' }), '2026-12-31')
    expect(decided.ok && decided.fact.day).toBe('2026-11-23')
  })

  it('has another id for another serial, the same for the same', () => {
    expect(aScreening({}, 7).id).toBe(aScreening({}, 7).id)
    expect(aScreening({}, 7).id).not.toBe(aScreening({}, 8).id)
  })

  it('takes several travellers, each on a seat', () => {
    const decided = decide(aScreening({ travellers: [aTraveller(), aTraveller({ seat: 2 })] }))
    expect(decided.ok && decided.fact.tally.travellers).toBe(2)
  })

  it('refers whoever has two readings over the threshold', () => {
    const hot = [
      aReading({ temperatureCelsius: 37.8 }),
      aReading({ temperatureCelsius: 37.6, method: 'ear' }),
    ]
    const decided = decide(aScreening({ travellers: [aTraveller({ readings: hot })] }))
    expect(decided.ok && decided.fact.disposition).toBe('referred')
    expect(Date.parse(aReading().at)).toBeLessThan(Date.parse(usualOccurredAt))
  })
})
