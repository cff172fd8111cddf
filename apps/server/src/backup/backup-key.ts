import { hash, randomBytes, scrypt } from 'node:crypto'
import { BackupError } from '#src/backup/backup-error.ts'
import { deriveBytes } from '#src/identity/master-key.ts'

/** From what the key of a folder of backups is made: the keys of the installation, or a passphrase. */
export type KeySource = { readonly rootKey: Buffer } | { readonly passphrase: string }

/** How the key was made, as it stands in the folder; nothing in it is secret. */
export type KeyMark =
  | { readonly from: 'installation'; readonly id: string }
  | { readonly from: 'passphrase'; readonly id: string; readonly salt: string; readonly cost: number }

const keyBytes = 32
/** scrypt with N = 2^17, r = 8, p = 1: 128 MB and some tenths of a second a try (OWASP Password Storage, 2024). */
const cost = 17
const mostCost = 20
const leastPassphrase = 12

const idOf = (key: Buffer): string => hash('sha256', deriveBytes(key, 'backup-key-id'), 'hex').slice(0, 16)

const stretch = (passphrase: string, salt: Buffer, exponent: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { N: 2 ** exponent, r: 8, p: 1, maxmem: 256 * 2 ** exponent * 8 }
    scrypt(passphrase.normalize('NFC'), salt, keyBytes, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    )
  })

export type BackupKey = { readonly key: Buffer; readonly mark: KeyMark }

/** The key for a new folder. @throws BackupError where the passphrase is too short */
export const makeBackupKey = async (source: KeySource): Promise<BackupKey> => {
  if ('rootKey' in source) {
    const key = deriveBytes(source.rootKey, 'backup')
    return { key, mark: { from: 'installation', id: idOf(key) } }
  }
  if (source.passphrase.length < leastPassphrase)
    throw new BackupError('input', {
      en: `The passphrase needs at least ${leastPassphrase} characters.`,
      zh: `口令至少需要 ${leastPassphrase} 个字符。`,
    })
  const salt = randomBytes(16)
  const key = await stretch(source.passphrase, salt, cost)
  return { key, mark: { from: 'passphrase', id: idOf(key), salt: salt.toString('hex'), cost } }
}

const wrongKey = (mark: KeyMark, given: string): BackupError =>
  new BackupError('input', {
    en:
      mark.from === 'passphrase'
        ? `This backup was made under ${given === 'passphrase' ? 'another passphrase' : 'a passphrase; name its file with --passphrase-file'}.`
        : `This backup was made under the keys of another installation (key ${mark.id})${given === 'passphrase' ? ', not under a passphrase' : `, here is ${given}`}. Put the key folder of that installation in place.`,
    zh:
      mark.from === 'passphrase'
        ? '此备份由口令加密，口令不对或未给出。'
        : `此备份由另一套密钥加密（密钥 ${mark.id}），请放回原系统的密钥文件夹。`,
  })

/** The key of a folder that has its mark. @throws BackupError where what is given makes another one */
export const openBackupKey = async (source: KeySource, mark: KeyMark): Promise<Buffer> => {
  if (mark.from === 'installation') {
    if ('passphrase' in source) throw wrongKey(mark, 'passphrase')
    const key = deriveBytes(source.rootKey, 'backup')
    if (idOf(key) !== mark.id) throw wrongKey(mark, idOf(key))
    return key
  }
  if ('rootKey' in source || mark.cost > mostCost)
    throw wrongKey(mark, 'rootKey' in source ? 'installation' : 'passphrase')
  const key = await stretch(source.passphrase, Buffer.from(mark.salt, 'hex'), mark.cost)
  if (idOf(key) !== mark.id) throw wrongKey(mark, 'passphrase')
  return key
}
