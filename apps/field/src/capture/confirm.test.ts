import { describe, expect, it } from 'vitest'
import { pageAddress } from '#src/screens/slip/SlipSheet.tsx'
import { codeKindOf, fieldsToCompare } from './confirm.ts'
import type { DocumentRead } from './reading/reads.ts'

const read: DocumentRead = {
  is: 'document',
  from: 'card',
  kind: 'resident-id',
  number: { text: '11010519491231002X', confidence: 0.99 },
  check: 'fits',
  repairs: [],
  name: { text: '王小明', confidence: 0.99 },
}

describe('what has to be compared', () => {
  it('is everything of a machine readable zone, however sure', () => {
    expect(fieldsToCompare({ ...read, from: 'mrz' })).toEqual(['kind', 'number', 'name'])
  })

  it('is nothing of a card that was read surely and whose check digit fits', () => {
    expect(fieldsToCompare(read)).toEqual([])
  })

  it('is a number whose check digit does not fit, and a name that was not read surely', () => {
    expect(fieldsToCompare({ ...read, check: 'fails' })).toEqual(['number'])
    expect(fieldsToCompare({ ...read, name: { text: '王小明', confidence: 0.6 } })).toEqual(['name'])
    expect(fieldsToCompare({ ...read, name: { text: '', confidence: 0 } })).toEqual([])
  })
})

describe('a code', () => {
  it('of a slip is known by its address', () => {
    expect(codeKindOf(pageAddress('https://city.example', 'ABCD'))).toBe('slip')
    expect(codeKindOf('GKD1:ABC:DEF')).toBe('declaration')
    expect(codeKindOf('GKHO1:0123456789AB:2:abc')).toBe('handover')
    expect(codeKindOf('https://elsewhere.example/pay')).toBe('other')
  })
})
