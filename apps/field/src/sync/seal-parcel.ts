import { type Parcel, type ParcelContent, parcelKind, parcelPlace } from '@guankou/contract/sync/parcel.ts'
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { base64Url, fromBase64Url } from '#src/storage/device-key.ts'

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
})

export type Seal = {
  /** Public key of the server, from the signed pack. */
  readonly sealingKey: string
  readonly deviceId: string
  readonly attribution: string
}

/** Seals a command for the server alone (HPKE, RFC 9180): nobody on this phone reads it again. */
export const sealParcel = async (
  { sealingKey, deviceId, attribution }: Seal,
  commandId: string,
  command: unknown,
): Promise<Parcel> => {
  const content: ParcelContent = { attribution, command }
  const text = new TextEncoder()
  const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64Url(sealingKey))
  const { enc, ct } = await suite.seal(
    { recipientPublicKey },
    text.encode(JSON.stringify(content)),
    text.encode(parcelPlace(deviceId, commandId)),
  )
  return { kind: parcelKind, id: commandId, enc: base64Url(enc), ct: base64Url(ct) }
}
