import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { type Bilingual, BilingualText, Instant, oneOf } from '../primitives.ts'

const closed = { additionalProperties: false } as const

/** Health certificates that are read: of the European Union, SMART Health Cards, and WHO’s documentation of COVID-19 certificates. */
export const certificateFormats = ['eu-dcc', 'smart-health-card', 'who-ddcc'] as const
export type CertificateFormat = (typeof certificateFormats)[number]

export const certificateFormatNames: Readonly<Record<CertificateFormat, Bilingual>> = {
  'eu-dcc': { zh: '欧盟数字新冠证明', en: 'EU Digital COVID Certificate' },
  'smart-health-card': { zh: 'SMART 健康卡', en: 'SMART Health Card' },
  'who-ddcc': { zh: '世卫组织 DDCC 证明', en: 'WHO DDCC' },
}

export const statementKinds = ['vaccination', 'test', 'recovery'] as const
export type StatementKind = (typeof statementKinds)[number]

export const statementKindNames: Readonly<Record<StatementKind, Bilingual>> = {
  vaccination: { zh: '接种', en: 'Vaccination' },
  test: { zh: '检测', en: 'Test' },
  recovery: { zh: '康复', en: 'Recovery' },
}

/** A key by which certificates of one issuer are checked; the operator decides whose keys are on the list. */
export const TrustedKey = Type.Object(
  {
    format: oneOf(certificateFormats),
    /** As it stands in the certificate: base64 of COSE, the thumbprint (RFC 7638) of SMART Health Cards. */
    kid: Type.String({ minLength: 1, maxLength: 100 }),
    /** Country (ISO 3166-1 alpha-2), or the address of an issuer of SMART Health Cards. */
    issuer: Type.String({ minLength: 1, maxLength: 200 }),
    name: Type.Optional(BilingualText),
    /** SubjectPublicKeyInfo (RFC 5280), base64. */
    spki: Type.String({ minLength: 40, maxLength: 2_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' }),
    /** What the key may sign; anything where it is left out. */
    uses: Type.Optional(Type.Array(oneOf(statementKinds), { uniqueItems: true })),
    validFrom: Type.Optional(Instant),
    validUntil: Type.Optional(Instant),
  },
  closed,
)
export type TrustedKey = Static<typeof TrustedKey>

/** More keys than all issuers of the world had at once. */
export const TrustList = Type.Array(TrustedKey, { maxItems: 4_000 })
export type TrustList = Static<typeof TrustList>

export const certificateKeys = defineEndpoint({
  id: 'certificates.keys',
  method: 'GET',
  path: '/api/public/certificate-keys',
  summary: 'Keys that health certificates are checked by',
  description:
    'The trust list of the operator. The portal checks certificates in the browser; phones have the same list in their pack.',
  access: { roles: 'anyone', area: 'none', purpose: 'public-information' },
  audit: { action: 'certificates.keys', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Type.Object({ keys: TrustList }, closed),
  errors: [],
})
