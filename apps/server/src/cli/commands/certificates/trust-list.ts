import type { JsonWebKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { CertificateFormat, TrustedKey } from '@guankou/contract/certificates/trust-list.ts'
import { certificatesIn, keyOfCertificate, keysOfIssuer } from '#src/certificates/trusted-keys.ts'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'

const unusable = (file: string): CommandFailure =>
  new CommandFailure(
    `${file} holds neither certificates (PEM, DER) nor {"issuer", "keys"} nor a trust list. · 文件中没有可用的证书或密钥。`,
    exitCodes.badInput,
  )

type KeySet = { readonly issuer: string; readonly keys: readonly JsonWebKey[] }

const isKeySet = (value: unknown): value is KeySet =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Partial<KeySet>).issuer === 'string' &&
  Array.isArray((value as Partial<KeySet>).keys)

const keysInJson = (text: string, file: string): readonly TrustedKey[] => {
  try {
    const parsed: unknown = JSON.parse(text)
    // A list made before is taken as it is and checked when the server reads it.
    if (Array.isArray(parsed)) return parsed as readonly TrustedKey[]
    const sets = [parsed].filter(isKeySet)
    if (sets.length > 0) return sets.flatMap(({ issuer, keys }) => keysOfIssuer(issuer, keys))
  } catch (cause) {
    throw new CommandFailure(unusable(file).message, exitCodes.badInput, { cause })
  }
  throw unusable(file)
}

const keysIn = async (file: string, format: CertificateFormat): Promise<readonly TrustedKey[]> => {
  const content = await readFile(file).catch((cause: unknown) => {
    throw new CommandFailure(`${file} cannot be read. · 无法读取文件。`, exitCodes.badInput, { cause })
  })
  const text = content.toString('utf8').trimStart()
  if (text.startsWith('{') || text.startsWith('[')) return keysInJson(text, file)
  return certificatesIn(content).map((der) => {
    const key = keyOfCertificate(der, format)
    if (key === undefined) throw unusable(file)
    return key
  })
}

/** One trust list of certificates, key sets and lists made before; each key once. */
export const makeTrustList = async (
  files: readonly string[],
  format: CertificateFormat,
): Promise<readonly TrustedKey[]> => {
  const keys: TrustedKey[] = []
  for (const file of files) keys.push(...(await keysIn(file, format)))
  return [...new Map(keys.map((key) => [`${key.format} ${key.issuer} ${key.kid}`, key])).values()]
}
