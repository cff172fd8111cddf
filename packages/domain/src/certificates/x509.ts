import { type DerElement, derElements, oidOf, UnreadableDer } from '#src/certificates/der.ts'

/** What a signer's certificate (RFC 5280) says that matters here. Whether its own issuer is trusted is for the operator. */
export type SignerCertificate = {
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  /** Country of the subject, ISO 3166-1 alpha-2, where it has one. */
  readonly country: string | undefined
  /** Unix time, milliseconds. */
  readonly validFromMs: number
  readonly validUntilMs: number
  /** Object identifiers of the extended key usage; empty where it has none. */
  readonly extendedUses: readonly string[]
}

const tags = { version: 0xa0, extensions: 0xa3, utcTime: 0x17, octets: 0x04, oid: 0x06 } as const
const oids = { country: '2.5.4.6', extendedUse: '2.5.29.37' } as const

const asciiOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

const child = (element: DerElement | undefined, at: number): DerElement => {
  const inner = element === undefined ? undefined : derElements(element.content)[at]
  if (inner === undefined) throw new UnreadableDer('a part is missing')
  return inner
}

/** UTCTime counts its two digits of the year from 1950 (RFC 5280 §4.1.2.5). */
const timeOf = ({ tag, content }: DerElement): number => {
  const text = asciiOf(content)
  const century = Number(text.slice(0, 2)) < 50 ? '20' : '19'
  const full = tag === tags.utcTime ? century + text : text
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full) ?? []
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

const countryOf = (subject: DerElement): string | undefined => {
  for (const set of derElements(subject.content))
    for (const pair of derElements(set.content)) {
      const [kind, value] = derElements(pair.content)
      if (kind !== undefined && value !== undefined && oidOf(kind.content) === oids.country)
        return asciiOf(value.content).toUpperCase()
    }
  return undefined
}

const extendedUsesOf = (extensions: DerElement | undefined): readonly string[] => {
  if (extensions === undefined) return []
  for (const extension of derElements(child(extensions, 0).content)) {
    const parts = derElements(extension.content)
    const value = parts.find(({ tag }) => tag === tags.octets)
    const [kind] = parts
    if (kind === undefined || value === undefined || oidOf(kind.content) !== oids.extendedUse) continue
    return derElements(child(value, 0).content)
      .filter(({ tag }) => tag === tags.oid)
      .map(({ content }) => oidOf(content))
  }
  return []
}

const read = (der: Uint8Array): SignerCertificate => {
  const [certificate] = derElements(der)
  const parts = derElements(child(certificate, 0).content)
  const from = parts[0]?.tag === tags.version ? 1 : 0
  // After the version: serial number, algorithm, issuer, validity, subject, key.
  const [, , , validity, subject, key] = parts.slice(from)
  if (validity === undefined || subject === undefined || key === undefined)
    throw new UnreadableDer('a part is missing')
  return {
    spki: key.whole.slice(),
    country: countryOf(subject),
    validFromMs: timeOf(child(validity, 0)),
    validUntilMs: timeOf(child(validity, 1)),
    extendedUses: extendedUsesOf(parts.find(({ tag }) => tag === tags.extensions)),
  }
}

/** @returns undefined where the bytes are no certificate */
export const readSignerCertificate = (der: Uint8Array): SignerCertificate | undefined => {
  try {
    return read(der)
  } catch (cause) {
    if (cause instanceof UnreadableDer) return undefined
    throw cause
  }
}
