import type { RiskArea } from '@guankou/contract/responses/response.ts'
import { expect, it } from 'vitest'
import { areaText, namedAreas } from './area-text.ts'

const riskAreas: readonly RiskArea[] = [
  { areaCode: 420100, level: 'high', from: '2020-01-18' },
  {
    areaCode: 440402001,
    name: { zh: '翠香街道', en: 'Cuixiang Subdistrict' },
    level: 'medium',
    from: '2020-01-20',
  },
  { areaCode: 440402002, level: 'medium', from: '2020-01-20' },
]

it('names a street as its risk area does, and one without a name by what is around it', () => {
  expect(areaText(440402001, riskAreas, 'zh')).toBe('翠香街道')
  expect(areaText(440402001, riskAreas, 'en')).toBe('Cuixiang Subdistrict')
  expect(areaText(440402002, riskAreas, 'zh')).toBe('香洲区 440402002')
  expect(areaText(420100, riskAreas, 'zh')).toBe('武汉市')
})

it('finds streets by a part of their name in either language, or of their code', () => {
  expect(namedAreas('翠香', riskAreas, 8)).toEqual([440402001])
  expect(namedAreas('CUIX', riskAreas, 8)).toEqual([440402001])
  expect(namedAreas('440402', riskAreas, 8)).toEqual([440402001, 440402002])
  expect(namedAreas('440402', riskAreas, 1)).toEqual([440402001])
  expect(namedAreas(' ', riskAreas, 8)).toEqual([])
  expect(namedAreas('武汉', riskAreas, 8)).toEqual([])
})
