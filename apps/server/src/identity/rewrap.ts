import type { Database } from '@guankou/db/database.ts'
import { readKeysToRewrap, replaceWrapped } from '@guankou/db/queries/identity/data-keys.ts'
import { openDataKey, wrapDataKey } from '#src/identity/data-keys.ts'
import { DayKeyDestroyedError } from '#src/identity/day-key-store.ts'
import type { KeyCustody } from '#src/identity/key-custody.ts'
import { sealRoot } from '#src/identity/root-key.ts'

const keysAtOnce = 50

export type Rewrapped = { readonly rewrapped: number; readonly generation: string }

/**
 * Wraps every data key that still opens something by the newest generation of the master key, the root key first. Sealed
 * fields stay as they are. Each key is replaced alone and only where it is still what was read, so that it may be
 * stopped anywhere and started again, by any number at once.
 */
export const rewrapKeys = async (
  db: Database,
  custody: KeyCustody,
  onProgress: (done: number) => void = () => undefined,
): Promise<Rewrapped> => {
  const generation = await custody.keyService.keyId()
  await sealRoot(custody.keyFolder, custody.keyService, custody.rootKey)
  let rewrapped = 0
  let skipped = 0
  for (;;) {
    const batch = await readKeysToRewrap(db.query, generation, keysAtOnce + skipped)
    if (batch.length <= skipped) return { rewrapped, generation }
    for (const stored of batch.slice(skipped)) {
      const { wrapped } = stored
      if (wrapped === null) continue
      try {
        const dataKey = await openDataKey(custody, { ...stored, wrapped })
        await replaceWrapped(db.query, { ...stored, wrapped }, await wrapDataKey(custody, stored, dataKey))
        rewrapped += 1
        onProgress(rewrapped)
      } catch (error) {
        // Its day key is gone: it opens nothing any more, and the next run of retention says so in the database.
        if (!(error instanceof DayKeyDestroyedError)) throw error
        skipped += 1
      }
    }
  }
}
