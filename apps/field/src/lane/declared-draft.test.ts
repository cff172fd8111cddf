import { describe, expect, it } from 'vitest'
import { withDeclared } from './declared-draft.ts'
import { newDraft } from './draft.ts'

describe('a draft from a declaration', () => {
  it('holds what was declared, asks for temperatures next, and measures nothing', () => {
    const empty = newDraft({ plateStart: '粤C', originCode: 440400, kind: 'car', method: 'forehead' })
    const draft = withDeclared(
      empty,
      {
        declarationId: 'd',
        kind: 'car',
        plate: '鄂A12345',
        withoutPlate: false,
        travellers: [
          {
            seat: 1,
            name: '王小明',
            document: { kind: 'passport', number: 'E12345678' },
            phone: '13800000000',
            origin: { code: 420100, evidence: 'declared' },
            exposures: [],
            contactWithCase: true,
            symptoms: ['cough'],
          },
          {
            seat: 2,
            document: { kind: 'none' },
            origin: { code: 420100, evidence: 'declared' },
            exposures: [],
            contactWithCase: false,
            symptoms: [],
          },
        ],
        unlistedSymptoms: [],
      },
      5,
    )
    expect(draft).toMatchObject({
      declarationId: 'd',
      startedAtMs: 5,
      plate: '鄂A12345',
      panel: 'temperature',
      activeSeat: 1,
    })
    expect(draft.travellers).toMatchObject([
      {
        seat: 1,
        name: '王小明',
        documentNumber: 'E12345678',
        contactWithCase: true,
        symptoms: ['cough'],
        readings: [],
      },
      { seat: 2, name: '', documentKind: 'none', originCode: 420100, readings: [] },
    ])
  })
})
