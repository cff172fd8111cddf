import { derElements, oidOf, UnreadableDer } from '#src/certificates/der.ts'

/**
 * As much of the Web Cryptography API as is needed, which browsers and Node have as `crypto.subtle`; a pure package gets
 * it as an argument.
 */
export type Subtle = {
  readonly importKey: (
    format: 'spki',
    key: Uint8Array<ArrayBuffer>,
    algorithm: object,
    extractable: boolean,
    uses: ['verify'],
  ) => Promise<unknown>
  readonly verify: (
    algorithm: object,
    key: never,
    signature: Uint8Array<ArrayBuffer>,
    signed: Uint8Array<ArrayBuffer>,
  ) => Promise<boolean>
  readonly digest: (algorithm: 'SHA-256', bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>
}

/** COSE algorithms (RFC 9053): ECDSA with SHA-256, 384 and 512, RSASSA-PSS and RSASSA-PKCS1 with SHA-256. */
export const algorithms = { es256: -7, es384: -35, es512: -36, ps256: -37, rs256: -257 } as const

const curves: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
}
const oids = {
  elliptic: '1.2.840.10045.2.1',
  rsa: '1.2.840.113549.1.1.1',
  rsaPss: '1.2.840.113549.1.1.10',
} as const
const hashes: Readonly<Record<number, string>> = {
  [algorithms.es256]: 'SHA-256',
  [algorithms.es384]: 'SHA-384',
  [algorithms.es512]: 'SHA-512',
}
const sequence = 0x30
const saltBytes = 32

/** rsaEncryption with its parameter NULL: what importers know, also where the certificate says RSASSA-PSS. */
const plainRsa = [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00]

const lengthBytes = (length: number): number[] => {
  if (length < 128) return [length]
  return length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
}

type Suite = {
  readonly importAs: object
  readonly verifyWith: object
  readonly spki: Uint8Array<ArrayBuffer>
}

/** The curve is that of the key: some issuers sign ES256 with keys on P-384, which means SHA-256 all the same. */
const suiteOf = (spki: Uint8Array, algorithm: number): Suite | undefined => {
  const [outer] = derElements(spki)
  const [kind, key] = outer === undefined ? [] : derElements(outer.content)
  const [name, parameter] = kind === undefined ? [] : derElements(kind.content)
  const oid = name === undefined ? '' : oidOf(name.content)
  const hash = hashes[algorithm]
  if (oid === oids.elliptic && hash !== undefined) {
    const namedCurve = curves[parameter === undefined ? '' : oidOf(parameter.content)]
    if (namedCurve === undefined) return undefined
    return {
      importAs: { name: 'ECDSA', namedCurve },
      verifyWith: { name: 'ECDSA', hash },
      spki: spki.slice(),
    }
  }
  if ((oid !== oids.rsa && oid !== oids.rsaPss) || key === undefined) return undefined
  const plain = Uint8Array.from([
    sequence,
    ...lengthBytes(plainRsa.length + key.whole.length),
    ...plainRsa,
    ...key.whole,
  ])
  if (algorithm === algorithms.ps256)
    return {
      importAs: { name: 'RSA-PSS', hash: 'SHA-256' },
      verifyWith: { name: 'RSA-PSS', saltLength: saltBytes },
      spki: plain,
    }
  if (algorithm !== algorithms.rs256) return undefined
  const pkcs1 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  return { importAs: pkcs1, verifyWith: { name: pkcs1.name }, spki: plain }
}

/** `unsupported`: key and algorithm do not go together, or this machine does not know them. */
export type SignatureOutcome = 'good' | 'bad' | 'unsupported'

export type SignedMessage = {
  readonly spki: Uint8Array
  readonly algorithm: number | undefined
  readonly signed: Uint8Array
  readonly signature: Uint8Array
}

/** Checks one signature under one key. */
export const verifySignature = async (
  subtle: Subtle,
  { spki, algorithm, signed, signature }: SignedMessage,
): Promise<SignatureOutcome> => {
  try {
    const suite = algorithm === undefined ? undefined : suiteOf(spki, algorithm)
    if (suite === undefined) return 'unsupported'
    const key = await subtle.importKey('spki', suite.spki, suite.importAs, false, ['verify'])
    // The key is whatever this very API gave out a line before.
    const isGood = await subtle.verify(suite.verifyWith, key as never, signature.slice(), signed.slice())
    return isGood ? 'good' : 'bad'
  } catch (cause) {
    if (cause instanceof UnreadableDer) return 'unsupported'
    // Importers throw exceptions of their own for keys they do not know or that are damaged.
    return 'unsupported'
  }
}
