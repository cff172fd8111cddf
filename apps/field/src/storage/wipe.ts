import type { DeviceLoss } from '@guankou/contract/access/device-contact.ts'
import { isWaiting } from '@guankou/sync/outbox/entry.ts'
import type { FieldDatabase } from './database.ts'
import { deviceKeyNames } from './device-key.ts'
import { mostIdsTold, readLosses } from './losses.ts'

/** What remains of a phone that was wiped: enough to acknowledge it, and to say so. */
export type Wiped = {
  /** The request it answers. */
  readonly requestedAt: string
  readonly losses: readonly DeviceLoss[]
  readonly acknowledged: boolean
}

const wipedName = 'wiped'
const keptNames = ['device-id', wipedName]
const mostLossesTold = 10

/** What everybody loses with a wipe, after what was lost before and not told yet. */
const lossesOf = async (database: FieldDatabase, at: string): Promise<DeviceLoss[]> => {
  const waiting = (await database.heads.toArray()).map((row) => row.head).filter(isWaiting)
  const byMaker = Map.groupBy(waiting, (head) => head.makerId)
  const waitingNow = [...byMaker].map(
    ([accountId, own]): DeviceLoss => ({
      accountId,
      at,
      cause: 'wipe',
      commands: own.length,
      commandIds: own.slice(0, mostIdsTold).map((head) => head.id),
    }),
  )
  return [...(await readLosses(database)), ...waitingNow].slice(-mostLossesTold)
}

export const readWiped = async ({ held }: FieldDatabase): Promise<Wiped | undefined> =>
  (await held.get(wipedName))?.value as Wiped | undefined

/**
 * Deletes everything on this phone but the key that signs the acknowledgement, in one transaction: after a crash it is
 * either all there, or all gone and known to be gone.
 */
export const wipe = (database: FieldDatabase, requestedAt: string, nowMs: number): Promise<Wiped> => {
  const { dexie, heads, commands, screenings, drafts, vaults, held, keys } = database
  return dexie.transaction(
    'rw',
    [heads, commands, screenings, drafts, vaults, held, keys],
    async (): Promise<Wiped> => {
      const earlier = await readWiped(database)
      if (earlier !== undefined) return earlier
      const losses = await lossesOf(database, new Date(nowMs).toISOString())
      const wiped: Wiped = { requestedAt, losses, acknowledged: false }
      await Promise.all([heads.clear(), commands.clear(), screenings.clear(), drafts.clear(), vaults.clear()])
      const names = await held.toCollection().primaryKeys()
      await held.bulkDelete(names.filter((name) => !keptNames.includes(name)))
      const keyNames = await keys.toCollection().primaryKeys()
      await keys.bulkDelete(keyNames.filter((name) => !(deviceKeyNames as readonly string[]).includes(name)))
      await held.put({ name: wipedName, value: wiped })
      return wiped
    },
  )
}

/** The server knows: the phone forgets who it was. */
export const forgetIdentity = async (database: FieldDatabase, wiped: Wiped): Promise<Wiped> => {
  const { dexie, held, keys } = database
  const done = { ...wiped, acknowledged: true }
  await dexie.transaction('rw', held, keys, async () => {
    await held.delete('device-id')
    await keys.clear()
    await held.put({ name: wipedName, value: done })
  })
  return done
}

/** The phone begins anew, as one that nobody knows. */
export const beginAnew = ({ held }: FieldDatabase): Promise<void> => held.delete(wipedName)
