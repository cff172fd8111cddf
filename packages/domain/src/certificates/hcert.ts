import type { CertificateFormat, StatementKind } from '@guankou/contract/certificates/trust-list.ts'
import { fromBase45 } from '#src/certificates/base45.ts'
import { type Cbor, toJson } from '#src/certificates/cbor.ts'
import { type CoseMessage, readCose } from '#src/certificates/cose.ts'
import { type CwtClaims, readCwt } from '#src/certificates/cwt.ts'
import { dccHolder, dccStatements } from '#src/certificates/dcc-content.ts'
import { wrongInDcc } from '#src/certificates/dcc-schema.ts'
import { ddccClaims, ddccHolder, ddccStatement, wrongInDdcc } from '#src/certificates/ddcc-content.ts'
import { listOf } from '#src/certificates/fields.ts'
import { inflateZlib } from '#src/certificates/inflate.ts'
import type { CertificateContent, ReadingStage } from '#src/certificates/reading.ts'

export const hcertPrefix = 'HC1:'

export type HcertParts = {
  readonly message: CoseMessage
  readonly claims: CwtClaims
  readonly content: CertificateContent
  readonly wrongAt: string | undefined
}

export type Staged<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly stage: ReadingStage }

const stuck = (stage: ReadingStage): { readonly ok: false; readonly stage: ReadingStage } => ({
  ok: false,
  stage,
})

type Inside = Pick<CertificateContent, 'format' | 'holder' | 'statements'> & {
  readonly wrongAt: string | undefined
}

const euClaim = 1

const insideDdcc = (hcert: ReadonlyMap<Cbor, Cbor>): Inside | undefined => {
  for (const [claim, kind] of Object.entries(ddccClaims) as [string, StatementKind][]) {
    const held = toJson(hcert.get(Number(claim)))
    const sets = Array.isArray(held) ? listOf(held) : held === undefined ? [] : [held]
    const [first] = sets
    if (first === undefined) continue
    const format: CertificateFormat = 'who-ddcc'
    const statements = sets.map((set) => ddccStatement(set, kind))
    return { format, holder: ddccHolder(first), statements, wrongAt: wrongInDdcc(first, kind) }
  }
  return undefined
}

const insideOf = (hcert: ReadonlyMap<Cbor, Cbor>): Inside | undefined => {
  const dcc = toJson(hcert.get(euClaim))
  if (dcc === undefined || dcc === null) return insideDdcc(hcert)
  return {
    format: 'eu-dcc',
    holder: dccHolder(dcc),
    statements: dccStatements(dcc),
    wrongAt: wrongInDcc(dcc),
  }
}

const milliseconds = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : seconds * 1_000

/** Takes a signed token apart; the signature is not looked at. */
export const readHcertMessage = (cose: Uint8Array): Staged<HcertParts> => {
  const message = readCose(cose)
  if (message === undefined) return stuck('message')
  const claims = readCwt(message.payload)
  if (claims === undefined) return stuck('claims')
  const inside = insideOf(claims.hcert)
  if (inside === undefined) return stuck('content')
  const { wrongAt, ...rest } = inside
  const content: CertificateContent = {
    ...rest,
    issuer: claims.issuer ?? '',
    issuedAtMs: milliseconds(claims.notBefore ?? claims.issuedAt),
    expiresAtMs: milliseconds(claims.expiresAt),
  }
  return { ok: true, value: { message, claims, content, wrongAt } }
}

/** From the text of a code to the signed token (hcert specification §5): prefix, base 45, zlib. */
export const unwrapHcert = (text: string): Staged<Uint8Array> => {
  if (!text.startsWith(hcertPrefix)) return stuck('prefix')
  const compressed = fromBase45(text.slice(hcertPrefix.length))
  if (compressed === undefined) return stuck('letters')
  const cose = inflateZlib(compressed)
  return cose === undefined ? stuck('compression') : { ok: true, value: cose }
}
