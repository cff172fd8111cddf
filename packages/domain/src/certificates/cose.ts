import { type Cbor, decodeCbor, encodeCbor, UnreadableCbor } from '#src/certificates/cbor.ts'

/** What stands in a COSE_Sign1 (RFC 9052 §4.2). */
export type CoseMessage = {
  /** As it was signed. */
  readonly protectedHeader: Uint8Array
  readonly payload: Uint8Array
  readonly signature: Uint8Array
  /** COSE algorithm, such as −7. */
  readonly algorithm: number | undefined
  /** Of the protected header where it is there, because the other can be exchanged by anybody. */
  readonly kid: Uint8Array | undefined
}

const labels = { algorithm: 1, kid: 4 } as const

const mapIn = (value: Cbor): ReadonlyMap<Cbor, Cbor> => (value instanceof Map ? value : new Map())

const header = (bytes: Uint8Array): ReadonlyMap<Cbor, Cbor> =>
  bytes.length === 0 ? new Map() : mapIn(decodeCbor(bytes))

const read = (bytes: Uint8Array): CoseMessage | undefined => {
  const message = decodeCbor(bytes)
  if (!Array.isArray(message) || message.length !== 4) return undefined
  const [protectedHeader, unprotected, payload, signature] = message as readonly Cbor[]
  const parts = [protectedHeader, payload, signature]
  if (!parts.every((part) => part instanceof Uint8Array)) return undefined
  const first = header(protectedHeader as Uint8Array)
  const second = mapIn(unprotected)
  const algorithm = first.get(labels.algorithm) ?? second.get(labels.algorithm)
  const kid = first.get(labels.kid) ?? second.get(labels.kid)
  return {
    protectedHeader: protectedHeader as Uint8Array,
    payload: payload as Uint8Array,
    signature: signature as Uint8Array,
    algorithm: typeof algorithm === 'number' ? algorithm : undefined,
    kid: kid instanceof Uint8Array ? kid : undefined,
  }
}

/** A signed message; `undefined` where the bytes are none. Tags before it, of COSE and of CWT, do not matter. */
export const readCose = (bytes: Uint8Array): CoseMessage | undefined => {
  try {
    return read(bytes)
  } catch (cause) {
    if (cause instanceof UnreadableCbor) return undefined
    throw cause
  }
}

/** The bytes that are signed: Sig_structure of RFC 9052 §4.4. */
export const signedBytes = ({ protectedHeader, payload }: Pick<CoseMessage, 'protectedHeader' | 'payload'>) =>
  encodeCbor(['Signature1', protectedHeader, new Uint8Array(0), payload])
