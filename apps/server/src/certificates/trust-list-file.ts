import { readFile } from 'node:fs/promises'
import { TrustList } from '@guankou/contract/certificates/trust-list.ts'
import { compileChecker } from '#src/schema-checker.ts'

/** Thrown where the trust list of the operator cannot be used; says where it goes wrong. */
export class TrustListError extends Error {
  constructor(file: string, reason: string) {
    super(
      `GUANKOU_CERTIFICATE_KEYS: ${file} ${reason}; make one with guankou certificates trust-list. · 信任名单文件无法使用，请用 guankou certificates trust-list 生成。`,
    )
    this.name = 'TrustListError'
  }
}

const check = compileChecker(TrustList)

/**
 * Keys that health certificates are checked by, as the operator keeps them in a file; none where no file is named.
 * @param file  from GUANKOU_CERTIFICATE_KEYS
 * @throws TrustListError
 */
export const readTrustList = async (file: string | undefined): Promise<TrustList> => {
  if (file === undefined || file === '') return []
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) throw new TrustListError(file, 'cannot be read')
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new TrustListError(file, 'is no JSON')
  }
  const checked = check(parsed)
  if (!checked.ok) throw new TrustListError(file, `is no trust list at ${checked.refusal.path ?? '/'}`)
  return checked.value
}
