import { describe, expect, it } from 'vitest'
import { changeOf, clearedOf, draftOf } from './member-draft.ts'

const reporter = '016fd2d1-42d0-7881-8034-84e6d1c4acd0'
const member = {
  name: '王小明',
  relation: 'child' as const,
  maskedPhone: '138****0000',
  document: { kind: 'passport' as const, masked: 'E****678' },
  reportedById: reporter,
}
const before = draftOf(member, false)

describe('what is changed of somebody on file', () => {
  it('has them answer for themselves again where nobody is chosen any more', () => {
    const draft = { ...before, reportedById: '' }
    expect(changeOf(draft, before)).toEqual({})
    expect(clearedOf(draft, before)).toEqual(['reportedById'])
  })

  it('takes a number off that is not theirs, unless another one is typed in its place', () => {
    const draft = { ...before, withoutPhone: true, withoutDocument: true }
    expect(clearedOf(draft, before)).toEqual(['phone', 'document'])
    const typed = { ...draft, phone: '13911112222' }
    expect(clearedOf(typed, before)).toEqual(['document'])
    expect(changeOf(typed, before)).toEqual({ phone: '13911112222' })
  })

  it('is nothing where nothing was touched', () => {
    expect(changeOf(before, before)).toEqual({})
    expect(clearedOf(before, before)).toEqual([])
  })
})
