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
    expect(draft).not.toHaveProperty('service')
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

  it('takes run and places of a ticket, and leaves nothing of a train to a car', () => {
    const train = newDraft({ plateStart: '', originCode: 440400, kind: 'train', method: 'forehead' })
    const begun = {
      ...train,
      seatsPerRow: 5,
      atPlace: '3A',
      service: { number: 'G1', departsOn: '2020-02-09' },
    }
    const person = {
      seat: 1,
      document: { kind: 'none' as const },
      origin: { code: 420100, evidence: 'declared' as const },
      exposures: [],
      contactWithCase: false,
      symptoms: [],
    }
    const declared = { declarationId: 'd', plate: '', withoutPlate: false, unlistedSymptoms: [] }
    const service = { number: 'G6123', departsOn: '2020-02-09', carriage: '05' }
    const byTrain = withDeclared(
      begun,
      { ...declared, kind: 'train', service, travellers: [{ ...person, seatLabel: '12A' }] },
      5,
    )
    expect(byTrain).toMatchObject({ service, seatsPerRow: 5, atPlace: '3A' })
    expect(byTrain.travellers[0]?.seatLabel).toBe('12A')
    const byCar = withDeclared(
      begun,
      { ...declared, kind: 'car', plate: '鄂A12345', travellers: [person] },
      5,
    )
    for (const key of ['service', 'seatsPerRow', 'atPlace']) expect(byCar).not.toHaveProperty(key)
  })
})
