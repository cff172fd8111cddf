/// <reference types="node" />
import { generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import type { Declaration } from '@guankou/contract/declarations/declaration.ts'
import type { DeclarationForm, SignedDeclaration } from '@guankou/contract/declarations/endpoints.ts'
import { errors } from '@guankou/contract/errors.ts'
import { type CheckSignature, textToSign, withSignature } from '@guankou/domain/declarations/signed-text.ts'

export const form: DeclarationForm = {
  city: { zh: '珠海市', en: 'Zhuhai' },
  demo: true,
  timeZone: 'Asia/Shanghai',
  today: '2020-02-10',
  responses: [
    {
      id: 'covid-19-like',
      name: { zh: '新型冠状病毒肺炎', en: 'COVID-19-like illness' },
      rulesVersion: 2,
      collectionUntil: '2020-04-30',
      exposureWindowDays: 14,
      symptoms: [
        { code: 'cough', name: { zh: '咳嗽', en: 'Cough' } },
        { code: 'fatigue', name: { zh: '乏力', en: 'Fatigue' } },
      ],
      riskAreas: [{ areaCode: 420100, level: 'high', from: '2020-01-01' }],
    },
  ],
}

export const cityCode = 440400
export const issuedAtMs = Date.parse('2020-02-10T04:00:00.000Z')

/** A server that signs, forgets, and can say that a declaration was shown. */
export const createStubSigner = () => {
  const keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } =
    generateKeyPairSync('ed25519')
  const used = new Set<string>()
  const check: CheckSignature = async (text, signature) =>
    verify(null, Buffer.from(text), keys.publicKey, signature) ? 'good' : 'bad'
  const answer = (declaration: Declaration, nowMs: number): { status: number; body: object } => {
    if (used.has(declaration.id)) {
      const { retry, text, status } = errors.DECLARATION_USED
      return { status, body: { code: 'DECLARATION_USED', retry, text } }
    }
    const text = textToSign({ declaration, cityCode, issuedAtMs: nowMs, validHours: 24 })
    const signed: SignedDeclaration = {
      text: withSignature(text, sign(null, Buffer.from(text), keys.privateKey)),
      issuedAt: new Date(nowMs).toISOString(),
      expiresAt: new Date(nowMs + 24 * 3_600_000).toISOString(),
    }
    return { status: 201, body: signed }
  }
  return { used, check, answer }
}
