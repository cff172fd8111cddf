import { describe, expect, it } from 'vitest'
import { duplicatesOf, type Typed } from '#src/households/duplicates.ts'
import type { HouseholdFact } from '#src/households/household-fact.ts'
import { householdsOf } from '#src/households/household-state.ts'

const added = (number: number, member: object): HouseholdFact => ({
  id: `00000000-0000-7000-8000-00000000000${number}`,
  householdId: '00000000-0000-7000-8000-0000000000ff',
  occurredAtMs: number,
  accountId: '00000000-0000-7000-8000-0000000000aa',
  role: 'community-street',
  happening: { is: 'member-added', member: { name: '', relation: 'head', ...member } },
})

const households = householdsOf([
  added(1, { name: '王小明', maskedPhone: '138****1234' }),
  added(2, { name: '欧阳娜', document: { kind: 'resident-id', masked: '4404**********0123' } }),
  added(3, { name: 'Ana Silva', phone: '+85366123456' }),
])

const found = (typed: Partial<Typed>) =>
  duplicatesOf(households, { name: '', documentNumber: '', phone: '', ...typed }).map(
    ({ person, grounds }) => [person.member.name, ...grounds],
  )

describe('duplicates', () => {
  it('are offered by the first characters of a name, and by its letters', () => {
    expect(found({ name: '王小' })).toEqual([['王小明', 'name']])
    expect(found({ name: 'wang x' })).toEqual([['王小明', 'pinyin']])
    expect(found({ name: 'ouya' })).toEqual([['欧阳娜', 'pinyin']])
    expect(found({ name: 'ana s' })).toEqual([['Ana Silva', 'pinyin']])
  })

  it('are offered for another writing of the same sounds', () => {
    expect(found({ name: '王晓明' })).toEqual([['王小明', 'pinyin']])
    expect(found({ name: '汪小名' })).toEqual([['王小明', 'pinyin']])
    expect(found({ name: '李小明' })).toEqual([])
  })

  it('are offered by a whole phone or document, also where it is shown covered', () => {
    expect(found({ phone: '138 0000 1234' })).toEqual([['王小明', 'phone']])
    expect(found({ phone: '00853 6612 3456' })).toEqual([['Ana Silva', 'phone']])
    expect(found({ documentNumber: '44 0402 19900101 0123' })).toEqual([['欧阳娜', 'document']])
  })

  it('are not offered before enough is typed', () => {
    expect(found({ name: '王' })).toEqual([])
    expect(found({ name: 'wa' })).toEqual([])
    expect(found({ phone: '138' })).toEqual([])
  })
})
