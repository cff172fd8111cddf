import { fromBase64 } from '#src/certificates/base64.ts'
import { fieldsOf, isFields, listOf, textIn } from '#src/certificates/fields.ts'
import type { Staged } from '#src/certificates/hcert.ts'
import { inflateRaw } from '#src/certificates/inflate.ts'
import type { CertificateContent, CertificateStatement } from '#src/certificates/reading.ts'
import { fromUtf8, toUtf8 } from '#src/certificates/utf8.ts'

export const shcPrefix = 'shc:/'

export type ShcParts = {
  readonly kid: string
  readonly signed: Uint8Array<ArrayBuffer>
  readonly signature: Uint8Array<ArrayBuffer>
  readonly content: CertificateContent
  readonly wrongAt: string | undefined
}

export type ShcText =
  | { readonly is: 'whole'; readonly jws: string }
  | { readonly is: 'part'; readonly number: number; readonly of: number }
  | { readonly is: 'damaged' }

/** Letters are written as two digits each, counted from the code of “-” (SMART Health Cards §Encoding QRs). */
const firstLetter = 45

/** The signed text of a code; codes of several parts are told apart, and the parts are not joined. */
export const readShcText = (text: string): ShcText => {
  const parts = text.slice(shcPrefix.length).split('/')
  const digits = parts[parts.length - 1] ?? ''
  const [number, of] = [Number(parts[0]), Number(parts[1])]
  if (parts.length === 3 && number >= 1 && number <= of && of > 1) return { is: 'part', number, of }
  const isOne = parts.length === 1 || (parts.length === 3 && number === 1 && of === 1)
  if (!isOne || !/^(\d\d)+$/.test(digits)) return { is: 'damaged' }
  const letters = [...digits.matchAll(/\d\d/g)].map(([pair]) => Number(pair) + firstLetter)
  return { is: 'whole', jws: String.fromCharCode(...letters) }
}

const jsonOf = (bytes: Uint8Array | undefined): unknown => {
  if (bytes === undefined) return undefined
  try {
    return JSON.parse(fromUtf8(bytes))
  } catch {
    return undefined
  }
}

const firstCode = (concept: unknown): string | undefined => {
  const [coding] = listOf(fieldsOf(concept).coding)
  return textIn(coding, 'code', 'display') ?? textIn(concept, 'text')
}

const results: Readonly<Record<string, CertificateStatement['result']>> = {
  '260373001': 'detected',
  '260415000': 'not-detected',
  '10828004': 'detected',
  '260385009': 'not-detected',
}

const plain = { dose: undefined, country: undefined, validFrom: undefined, validUntil: undefined } as const

/** What a FHIR resource states, of those that the cards’ profiles hold. */
const statementOf = (resource: unknown): CertificateStatement | undefined => {
  const fields = fieldsOf(resource)
  const statedBy = textIn(fieldsOf(fieldsOf(listOf(fields.performer)[0]).actor), 'display')
  if (fields.resourceType === 'Immunization')
    return {
      ...plain,
      kind: 'vaccination',
      on: textIn(fields, 'occurrenceDateTime'),
      product: firstCode(fields.vaccineCode),
      result: undefined,
      statedBy,
    }
  if (fields.resourceType !== 'Observation') return undefined
  return {
    ...plain,
    kind: 'test',
    on: textIn(fields, 'effectiveDateTime') ?? textIn(fields.effectivePeriod, 'start'),
    product: firstCode(fields.code),
    result: results[firstCode(fields.valueCodeableConcept) ?? ''],
    statedBy,
  }
}

const nameOf = (patient: unknown): string => {
  const [name] = listOf(fieldsOf(patient).name)
  const given = listOf(fieldsOf(name).given).filter((part) => typeof part === 'string')
  return (
    [...given, textIn(name, 'family')]
      .filter((part) => part !== undefined)
      .join(' ')
      .slice(0, 200) ||
    (textIn(name, 'text') ?? '')
  )
}

const secondsIn = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 0 && value < 1e11 ? Math.floor(value * 1_000) : undefined

const contentOf = (
  payload: unknown,
): { content: CertificateContent; wrongAt: string | undefined } | undefined => {
  const claims = fieldsOf(payload)
  const bundle = fieldsOf(fieldsOf(claims.vc).credentialSubject).fhirBundle
  const issuer = textIn(claims, 'iss')
  if (issuer === undefined || !isFields(bundle)) return undefined
  const resources = listOf(bundle.entry).map((entry) => fieldsOf(entry).resource)
  const patient = resources.find((resource) => fieldsOf(resource).resourceType === 'Patient')
  const statements = resources.map(statementOf).filter((statement) => statement !== undefined)
  const holder = { name: nameOf(patient), birthDate: textIn(patient, 'birthDate') ?? '' }
  const wrongAt = patient === undefined ? '/entry' : statements.length === 0 ? '/entry' : undefined
  return {
    content: {
      format: 'smart-health-card',
      issuer,
      holder,
      statements,
      issuedAtMs: secondsIn(claims.nbf),
      expiresAtMs: secondsIn(claims.exp),
    },
    wrongAt,
  }
}

/** Takes a compact JWS (RFC 7515) with a deflated payload apart; the signature is not looked at. */
export const readShcMessage = (jws: string): Staged<ShcParts> => {
  const [head = '', body = '', tail = '', ...more] = jws.split('.')
  const header = fieldsOf(jsonOf(fromBase64(head)))
  const signature = fromBase64(tail)
  const kid = textIn(header, 'kid')
  if (more.length > 0 || signature === undefined || kid === undefined || header.alg !== 'ES256')
    return { ok: false, stage: 'message' }
  const bytes = fromBase64(body)
  const payload = header.zip === 'DEF' ? (bytes === undefined ? undefined : inflateRaw(bytes)) : bytes
  if (payload === undefined) return { ok: false, stage: 'compression' }
  const found = contentOf(jsonOf(payload))
  if (found === undefined) return { ok: false, stage: 'claims' }
  return { ok: true, value: { kid, signed: toUtf8(`${head}.${body}`), signature, ...found } }
}
