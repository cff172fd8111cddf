import { describe, expect, it } from 'vitest'
import { dueOn } from '#src/subject-access/due.ts'
import { proofOf, tailOf } from '#src/subject-access/proof.ts'
import { quarantineDays } from '#src/subject-access/quarantine-days.ts'

describe('what a person is known by', () => {
  it.each([
    [{ document: '44040219900101123x', phone: '13812345678' }, 'document', '123X'],
    [{ document: 'E-123', phone: '+853 6612 3456' }, 'document', 'E123'],
    [{ document: 'E1', phone: '+853 6612 3456' }, 'phone', '3456'],
    [{ phone: '0086 138-1234-5678' }, 'phone', '5678'],
  ])('%o is the end of the %s', (recorded, of, tail) => {
    expect(proofOf(recorded)).toEqual({ is: 'tail', of, tail })
  })

  it('is nothing where nothing was recorded: then in person alone', () => {
    expect(proofOf({})).toEqual({ is: 'none' })
    expect(proofOf({ document: '12', phone: '110' })).toEqual({ is: 'none' })
    expect(tailOf('abc')).toBeUndefined()
  })
})

const rules = {
  exposureWindowDays: 14,
  riskAreas: [{ areaCode: 420100, level: 'high' as const, from: '2020-01-20' }],
}
const stay = (areaCode: number, leftOn: string) => ({ areaCode, leftOn, evidence: 'declared' as const })
const screened = {
  disposition: 'home-quarantine' as const,
  day: '2020-02-05',
  exposures: [stay(420100, '2020-01-29'), stay(420100, '2020-02-01'), stay(442000, '2020-02-05')],
  contactWithCase: false,
}

describe('days of a quarantine', () => {
  it('are counted from the last day at a place at risk', () => {
    expect(quarantineDays(screened, rules, '2020-02-10')).toEqual({
      countedBy: 'exposure',
      countedFrom: '2020-02-01',
      lastDay: '2020-02-15',
      days: 14,
      today: 9,
    })
  })

  it('are counted from the screening after contact, whose day nobody wrote down', () => {
    const contact = { ...screened, contactWithCase: true }
    expect(quarantineDays(contact, rules, '2020-02-05')).toMatchObject({
      countedBy: 'screening',
      countedFrom: '2020-02-05',
      lastDay: '2020-02-19',
      today: 0,
    })
  })

  it('end, and are not told of who is in none', () => {
    expect(quarantineDays(screened, rules, '2020-02-15')?.today).toBe(14)
    expect(quarantineDays(screened, rules, '2020-02-16')?.today).toBeNull()
    expect(quarantineDays({ ...screened, disposition: 'passed' }, rules, '2020-02-10')).toBeNull()
  })
})

describe('until when a request is answered', () => {
  it.each([
    ['2020-02-10', 30, null, '2020-03-11'],
    ['2020-02-10', 30, '2020-06-01', '2020-03-11'],
    ['2020-02-10', 30, '2020-03-09', '2020-03-08'],
    ['2020-02-10', 30, '2020-02-11', '2020-02-11'],
    ['2020-02-10', 10, '2020-03-09', '2020-02-20'],
  ])('asked on %s with %d days and destroyed from %s: %s', (askedOn, days, destroyFrom, due) => {
    expect(dueOn(askedOn, days, destroyFrom)).toBe(due)
  })
})
