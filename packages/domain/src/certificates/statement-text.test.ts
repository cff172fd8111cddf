import { describe, expect, it } from 'vitest'
import type { CertificateStatement } from './reading.ts'
import { statementText } from './statement-text.ts'

const nothing: CertificateStatement = {
  kind: 'test',
  on: undefined,
  product: undefined,
  dose: undefined,
  result: undefined,
  country: undefined,
  statedBy: undefined,
  validFrom: undefined,
  validUntil: undefined,
}

describe('the line of a statement', () => {
  it.each([
    [{ result: 'detected', on: '2022-01-09' }, '检测 · 2022-01-09 · 检出', 'Test · 2022-01-09 · detected'],
    [{ result: 'not-detected' }, '检测 · 未检出', 'Test · not detected'],
    [
      { kind: 'recovery', validFrom: '2022-01-20', validUntil: '2022-07-08T00:00:00Z', country: 'AT' },
      '康复 · 2022-01-20 至 2022-07-08 有效 · AT',
      'Recovery · valid 2022-01-20 to 2022-07-08 · AT',
    ],
    [
      { kind: 'vaccination', dose: { number: 2, of: 3 }, validUntil: '2022-11-20', statedBy: 'Centre' },
      '接种 · 第 2 剂，共 3 剂 · 有效至 2022-11-20 · Centre',
      'Vaccination · dose 2 of 3 · valid until 2022-11-20 · Centre',
    ],
    [
      { kind: 'recovery', validFrom: '2022-01-20' },
      '康复 · 2022-01-20 起有效',
      'Recovery · valid from 2022-01-20',
    ],
  ] as const)('%o', (part, zh, en) => {
    const statement = { ...nothing, ...part }
    expect([statementText(statement, 'zh'), statementText(statement, 'en')]).toEqual([zh, en])
  })
})
