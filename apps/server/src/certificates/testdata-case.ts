import { createHash, webcrypto } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { fromBase45 } from '@guankou/domain/certificates/base45.ts'
import { decodeCbor, encodeCbor, toJson, UnreadableCbor } from '@guankou/domain/certificates/cbor.ts'
import { readCose, signedBytes } from '@guankou/domain/certificates/cose.ts'
import { type CwtClaims, readCwt } from '@guankou/domain/certificates/cwt.ts'
import { statementsOf, wrongInDcc } from '@guankou/domain/certificates/dcc-schema.ts'
import { hcertPrefix, unwrapHcert } from '@guankou/domain/certificates/hcert.ts'
import { inflateZlib } from '@guankou/domain/certificates/inflate.ts'
import { type Subtle, verifySignature } from '@guankou/domain/certificates/verify-signature.ts'
import { readSignerCertificate } from '@guankou/domain/certificates/x509.ts'
import { usesOf } from '#src/certificates/key-uses.ts'

/** One file of the test data of the EU Digital COVID Certificate: a certificate at every stage, and what must come of it. */
export type TestdataCase = {
  readonly JSON?: unknown
  readonly CBOR?: string
  readonly COSE?: string
  readonly COMPRESSED?: string
  readonly BASE45?: string
  readonly PREFIX?: string
  readonly '2DCODE'?: string
  readonly _2DCODE?: string
  readonly TESTCTX?: {
    readonly CERTIFICATE?: string
    readonly VALIDATIONCLOCK?: string
    readonly DESCRIPTION?: string
  }
  readonly EXPECTEDRESULTS?: Readonly<Record<string, boolean>>
}

/** How one step ended: whether it succeeded, and what was found where it did not. */
type Step = { readonly succeeded: boolean; readonly why?: string }
/** Nothing where the case has not what the step works on. */
type StepOf = (given: TestdataCase, readPicture: ReadPicture) => Promise<Step | undefined> | Step | undefined
export type ReadPicture = (png: Uint8Array) => Promise<string | undefined>

const subtle = webcrypto.subtle as unknown as Subtle
const euClaim = 1

const good: Step = { succeeded: true }
const bad = (why: string): Step => ({ succeeded: false, why })
const holds = (condition: boolean, why: string): Step => (condition ? good : bad(why))

const hexOf = (text: string | undefined): Buffer | undefined =>
  text === undefined || text === '' ? undefined : Buffer.from(text, 'hex')

/** As both CBOR and JSON can say it: order of keys does not count, nor does it whether an absent value is written. */
const comparable = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, comparable(inner)]),
  )
}

const isSame = (one: unknown, other: unknown): boolean =>
  isDeepStrictEqual(comparable(one), comparable(other))

/** Some issuers give the whole token as CBOR instead of the certificate in it. */
const certificateIn = (bytes: Uint8Array): unknown => {
  const claims = readCwt(bytes)
  return toJson(claims === undefined ? decodeCbor(bytes) : claims.hcert.get(euClaim))
}

const decoded = (bytes: Uint8Array): unknown => {
  try {
    return certificateIn(bytes)
  } catch (cause) {
    if (cause instanceof UnreadableCbor) return undefined
    throw cause
  }
}

/** The signed token, as given or from the text of the code. */
const coseOf = (given: TestdataCase): Uint8Array | undefined => {
  const cose = hexOf(given.COSE)
  if (cose !== undefined || given.PREFIX === undefined) return cose
  const unwrapped = unwrapHcert(given.PREFIX)
  return unwrapped.ok ? unwrapped.value : undefined
}

const claimsOf = (given: TestdataCase): CwtClaims | undefined => {
  const cose = coseOf(given)
  const message = cose === undefined ? undefined : readCose(cose)
  return message === undefined ? undefined : readCwt(message.payload)
}

const dccIn = (given: TestdataCase): unknown => {
  const cbor = hexOf(given.CBOR)
  if (cbor !== undefined) return decoded(cbor)
  const claims = claimsOf(given)
  return claims === undefined ? given.JSON : toJson(claims.hcert.get(euClaim))
}

const signerOf = (given: TestdataCase) => {
  const der = Buffer.from(given.TESTCTX?.CERTIFICATE ?? '', 'base64')
  const signer = readSignerCertificate(der)
  if (signer === undefined) return undefined
  return { ...signer, kid: createHash('sha256').update(der).digest().subarray(0, 8) }
}

const verify: StepOf = async (given) => {
  const cose = coseOf(given)
  const signer = signerOf(given)
  if (cose === undefined || signer === undefined) return undefined
  const message = readCose(cose)
  if (message === undefined) return bad('no COSE_Sign1')
  if (readCwt(message.payload) === undefined) return bad('the payload is no token with a health certificate')
  if (message.kid !== undefined && !signer.kid.equals(message.kid))
    return bad('the key is not the one that is named')
  const { algorithm, signature } = message
  const outcome = await verifySignature(subtle, {
    spki: signer.spki,
    algorithm,
    signed: signedBytes(message),
    signature,
  })
  return holds(outcome === 'good', `the signature is ${outcome}`)
}

const decode: StepOf = (given) => {
  const cbor = hexOf(given.CBOR)
  if (cbor === undefined) return undefined
  const value = decoded(cbor)
  if (value === undefined) return bad('no CBOR')
  const claims = given.COSE === undefined ? undefined : claimsOf(given)
  const isInToken = claims !== undefined && isSame(toJson(claims.hcert.get(euClaim)), value)
  if (given.JSON !== undefined && !isSame(value, given.JSON))
    return bad(
      isInToken
        ? 'the case contradicts itself: token and CBOR agree, JSON is another certificate'
        : 'CBOR and JSON differ',
    )
  return holds(given.COSE === undefined || isInToken, 'CBOR is not what the token holds')
}

const chain: StepOf = (given) => {
  if (given.JSON === undefined || given.PREFIX === undefined) return undefined
  const claims = claimsOf({ PREFIX: given.PREFIX })
  if (claims === undefined) return bad('the text does not lead to a certificate')
  return holds(
    isSame(toJson(claims.hcert.get(euClaim)), given.JSON),
    'what the text leads to differs from JSON',
  )
}

const expiry: StepOf = (given) => {
  const claims = claimsOf(given)
  const clock = Date.parse(given.TESTCTX?.VALIDATIONCLOCK ?? '') / 1_000
  if (claims === undefined || Number.isNaN(clock)) return undefined
  const { issuedAt, notBefore, expiresAt } = claims
  const from = notBefore ?? issuedAt
  if (from !== undefined && clock < from) return bad('issued after the moment of the check')
  return holds(expiresAt === undefined || clock <= expiresAt, 'expired at the moment of the check')
}

const keyUse: StepOf = (given) => {
  const signer = signerOf(given)
  const dcc = dccIn(given)
  if (signer === undefined || typeof dcc !== 'object' || dcc === null) return undefined
  const uses = usesOf(signer.extendedUses)
  const kinds = statementsOf(dcc as { [key: string]: unknown }).map(({ kind }) => kind)
  return holds(
    uses.length === 0 || kinds.every((kind) => uses.includes(kind)),
    `the key is for ${uses.join(', ')}`,
  )
}

const schema = (value: unknown): Step | undefined => {
  if (value === undefined) return undefined
  const wrong = wrongInDcc(comparable(value))
  return holds(wrong === undefined, `not as the schema has it: ${wrong}`)
}

const picture: StepOf = async (given, readPicture) => {
  const png = given['2DCODE'] ?? given._2DCODE
  if (png === undefined) return undefined
  const text = await readPicture(Buffer.from(png.replace(/^data:[^,]*,/, ''), 'base64'))
  if (text === undefined) return bad('no code could be read in the picture')
  return holds(
    given.PREFIX === undefined || text === given.PREFIX,
    'the code in the picture holds another text',
  )
}

const compression: StepOf = (given) => {
  const compressed = hexOf(given.COMPRESSED)
  if (compressed === undefined) return undefined
  const cose = inflateZlib(compressed)
  if (cose === undefined) return bad('no zlib stream')
  return holds(
    given.COSE === undefined || hexOf(given.COSE)?.equals(cose) === true,
    'unfolds to something else',
  )
}

const letters: StepOf = (given) => {
  if (given.BASE45 === undefined) return undefined
  const bytes = fromBase45(given.BASE45)
  if (bytes === undefined) return bad('no base 45')
  return holds(
    given.COMPRESSED === undefined || hexOf(given.COMPRESSED)?.equals(bytes) === true,
    'the letters stand for something else',
  )
}

const prefix: StepOf = ({ PREFIX, BASE45 }) => {
  if (PREFIX === undefined) return undefined
  if (!PREFIX.startsWith(hcertPrefix)) return bad('the text does not begin with HC1:')
  return holds(
    BASE45 === undefined || PREFIX.slice(hcertPrefix.length) === BASE45,
    'another text follows HC1:',
  )
}

const encode: StepOf = ({ JSON: json, CBOR }) => {
  const cbor = hexOf(CBOR)
  if (json === undefined || cbor === undefined) return undefined
  return holds(isSame(decoded(encodeCbor(comparable(json))), decoded(cbor)), 'CBOR and JSON differ')
}

/** By the name that the test data give what is expected. */
const steps: Readonly<Record<string, StepOf>> = {
  EXPECTEDVALIDOBJECT: ({ JSON: json }) => schema(json),
  EXPECTEDSCHEMAVALIDATION: (given) => schema(dccIn(given)),
  EXPECTEDENCODE: encode,
  EXPECTEDDECODE: decode,
  EXPECTEDVERIFY: verify,
  EXPECTEDUNPREFIX: prefix,
  EXPECTEDVALIDJSON: chain,
  EXPECTEDCOMPRESSION: compression,
  EXPECTEDB45DECODE: letters,
  EXPECTEDPICTUREDECODE: picture,
  EXPECTEDEXPIRATIONCHECK: expiry,
  EXPECTEDKEYUSAGE: keyUse,
}

export type CheckedStep = {
  readonly check: string
  readonly expected: boolean
  /** Null where the case lacks what the check works on, or nobody knows the check. */
  readonly got: boolean | null
  readonly why?: string
}

/** Everything that a case expects, with what came of it. */
export const runCase = async (
  given: TestdataCase,
  readPicture: ReadPicture,
): Promise<readonly CheckedStep[]> => {
  const checked: CheckedStep[] = []
  for (const [check, expected] of Object.entries(given.EXPECTEDRESULTS ?? {})) {
    if (typeof expected !== 'boolean') continue
    const step = await steps[check]?.(given, readPicture)
    const got = step?.succeeded ?? null
    const why = step === undefined ? 'nothing in the case to check' : step.why
    checked.push({ check, expected, got, ...(why === undefined ? {} : { why }) })
  }
  return checked
}
