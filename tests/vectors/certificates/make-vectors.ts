import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { deflateRawSync, deflateSync } from 'node:zlib'
import type { CertificateFormat, TrustedKey } from '@guankou/contract/certificates/trust-list.ts'
import { toBase45 } from '@guankou/domain/certificates/base45.ts'
import { encodeCbor } from '@guankou/domain/certificates/cbor.ts'

/*
 * Writes vectors.json anew: certificates of people who do not exist, signed with keys that are thrown away. Run it with
 * `node tests/vectors/certificates/make-vectors.ts`; the committed file stays the same as long as nobody does.
 */

const issuedAt = Date.parse('2022-01-10T08:00:00.000Z') / 1_000
const expiresAt = Date.parse('2023-01-10T08:00:00.000Z') / 1_000
const issuer = 'https://health.example.org/cards'

type Keys = { readonly publicKey: KeyObject; readonly privateKey: KeyObject }

const keysOnCurve = (): Keys => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const spkiOf = ({ publicKey }: Keys): string =>
  publicKey.export({ format: 'der', type: 'spki' }).toString('base64')

const patient = {
  resourceType: 'Patient',
  name: [{ family: 'Muster', given: ['Erika', 'Probe'] }],
  birthDate: '1985-07-09',
}
const doses = ['2021-05-01', '2021-06-12'].map((day, at) => ({
  resourceType: 'Immunization',
  status: 'completed',
  vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '207' }] },
  patient: { reference: 'resource:0' },
  occurrenceDateTime: day,
  performer: [{ actor: { display: 'Example clinic' } }],
  lotNumber: `000000${at}`,
}))
const observation = {
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '94558-4' }] },
  subject: { reference: 'resource:0' },
  effectiveDateTime: '2022-01-09',
  valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '260415000' }] },
  performer: [{ actor: { display: 'Example laboratory' } }],
}

const numeric = (jws: string): string =>
  [...jws].map((letter) => String(letter.charCodeAt(0) - 45).padStart(2, '0')).join('')

const cardOf = (keys: Keys, kid: string, resources: readonly object[], claims: object = {}): string => {
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource, at) => ({ fullUrl: `resource:${at}`, resource })),
  }
  const payload = {
    iss: issuer,
    nbf: issuedAt,
    vc: {
      type: ['https://smarthealth.cards#health-card'],
      credentialSubject: { fhirVersion: '4.0.1', fhirBundle: bundle },
    },
    ...claims,
  }
  const head = Buffer.from(JSON.stringify({ zip: 'DEF', alg: 'ES256', kid })).toString('base64url')
  const body = deflateRawSync(JSON.stringify(payload)).toString('base64url')
  const signed = sign('sha256', Buffer.from(`${head}.${body}`), {
    key: keys.privateKey,
    dsaEncoding: 'ieee-p1363',
  })
  return `shc:/${numeric(`${head}.${body}.${signed.toString('base64url')}`)}`
}

const thumbprint = ({ publicKey }: Keys): string => {
  const { crv, kty, x, y } = publicKey.export({ format: 'jwk' })
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
}

const tokenOf = (
  { privateKey }: Keys,
  kid: Buffer,
  hcert: ReadonlyMap<number, unknown>,
  algorithm: -7 | -37 = -7,
): string => {
  const protectedHeader = encodeCbor(
    new Map<number, unknown>([
      [1, algorithm],
      [4, kid],
    ]),
  )
  const payload = encodeCbor(
    new Map<number, unknown>([
      [1, 'ZZ'],
      [4, expiresAt],
      [6, issuedAt],
      [-260, hcert],
    ]),
  )
  const signed = encodeCbor(['Signature1', protectedHeader, new Uint8Array(0), payload])
  const signature =
    algorithm === -7
      ? sign('sha256', signed, { key: privateKey, dsaEncoding: 'ieee-p1363' })
      : sign('sha256', signed, { key: privateKey, padding: 6, saltLength: 32 })
  const cose = encodeCbor([protectedHeader, new Map(), payload, signature])
  return `HC1:${toBase45(deflateSync(cose, { level: 9 }))}`
}

const vaccinated = {
  name: 'Max Muster',
  birthDate: '1979-03-02',
  identifier: 'P0000001',
  vaccine: { code: '1119349007', system: 'http://snomed.info/sct' },
  brand: 'Example vaccine',
  lot: 'L0001',
  date: '2021-11-20',
  dose: 2,
  totalDoses: 3,
  country: { code: 'ZZZ', system: 'urn:iso:std:iso:3166' },
  centre: 'Example centre',
  certificate: {
    issuer: { identifier: { value: 'Example ministry' } },
    period: { start: '2021-11-20', end: '2022-11-20' },
  },
}
const tested = {
  name: 'Max Muster',
  birthDate: '1979-03-02',
  test: {
    type: { code: '94558-4', system: 'http://loinc.org' },
    sampleDate: '2022-01-09T07:00:00Z',
    result: { code: '260415000', system: 'http://snomed.info/sct' },
    testCentre: 'Example laboratory',
    country: 'ZZZ',
  },
}
const dcc = {
  ver: '1.3.0',
  nam: { fn: 'Muster', fnt: 'MUSTER', gn: 'Erika', gnt: 'ERIKA' },
  dob: '1985-07-09',
  v: [
    {
      tg: '840539006',
      vp: '1119349007',
      mp: 'EU/1/20/1528',
      ma: 'ORG-100030215',
      dn: 2,
      sd: 2,
      dt: '2021-06-12',
      co: 'EU',
      is: 'Example ministry',
      ci: 'URN:UVCI:01:EU:0000000000000001#A',
    },
  ],
}

const { v: _vaccinations, ...person } = dcc
const recovered = {
  ...person,
  r: [
    {
      tg: '840539006',
      fr: '2021-06-01',
      co: 'EU',
      is: 'Example ministry',
      df: '2021-06-12',
      du: '2022-12-01',
      ci: 'URN:UVCI:01:EU:0000000000000002#B',
    },
  ],
}

const [card, other, token, rsa] = [
  keysOnCurve(),
  keysOnCurve(),
  keysOnCurve(),
  generateKeyPairSync('rsa', { modulusLength: 2048 }),
]
const cardKid = thumbprint(card)
const [tokenKid, rsaKid] = [Buffer.from('0102030405060708', 'hex'), Buffer.from('1112131415161718', 'hex')]
const keyOf = (format: CertificateFormat, kid: Buffer, keys: Keys): TrustedKey => ({
  format,
  kid: kid.toString('base64'),
  issuer: 'ZZ',
  name: { zh: '示例签发方', en: 'Example issuer' },
  spki: spkiOf(keys),
})

const vectors = {
  about: 'Made by make-vectors.ts. Nobody in it exists; the private keys were thrown away.',
  at: '2022-02-01T00:00:00.000Z',
  keys: [
    { format: 'smart-health-card', kid: cardKid, issuer, spki: spkiOf(card) },
    keyOf('who-ddcc', tokenKid, token),
    keyOf('eu-dcc', tokenKid, token),
    { ...keyOf('eu-dcc', rsaKid, rsa), uses: ['vaccination'] },
  ] satisfies TrustedKey[],
  cases: [
    {
      name: 'a card with two vaccinations',
      text: cardOf(card, cardKid, [patient, ...doses]),
      outcome: 'verified',
    },
    { name: 'a card with a test', text: cardOf(card, cardKid, [patient, observation]), outcome: 'verified' },
    {
      name: 'a card that has expired',
      text: cardOf(card, cardKid, [patient, ...doses], { exp: issuedAt + 60 }),
      outcome: 'expired',
    },
    {
      name: 'a card of tomorrow',
      text: cardOf(card, cardKid, [patient, ...doses], { nbf: expiresAt }),
      outcome: 'not-yet',
    },
    {
      name: 'a card under the name of another key',
      text: cardOf(other, cardKid, [patient, ...doses]),
      outcome: 'forged',
    },
    {
      name: 'a card of somebody unknown',
      text: cardOf(other, thumbprint(other), [patient, ...doses]),
      outcome: 'unknown-issuer',
    },
    { name: 'a card without a person', text: cardOf(card, cardKid, doses), outcome: 'wrong-content' },
    {
      name: 'a vaccination after WHO',
      text: tokenOf(token, tokenKid, new Map([[3, [vaccinated]]])),
      outcome: 'verified',
    },
    { name: 'a test after WHO', text: tokenOf(token, tokenKid, new Map([[4, tested]])), outcome: 'verified' },
    {
      name: 'a certificate after WHO without a name',
      text: tokenOf(token, tokenKid, new Map([[3, { ...vaccinated, name: '' }]])),
      outcome: 'wrong-content',
    },
    {
      name: 'a certificate after WHO, forged',
      text: tokenOf(other, tokenKid, new Map([[3, vaccinated]])),
      outcome: 'forged',
    },
    { name: 'an EU certificate', text: tokenOf(token, tokenKid, new Map([[1, dcc]])), outcome: 'verified' },
    {
      name: 'an EU certificate under RSA',
      text: tokenOf(rsa, rsaKid, new Map([[1, dcc]]), -37),
      outcome: 'verified',
    },
    {
      name: 'a recovery under a key for vaccinations',
      text: tokenOf(rsa, rsaKid, new Map([[1, recovered]]), -37),
      outcome: 'wrong-use',
    },
  ],
}

writeFileSync(new URL('./vectors.json', import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`)
