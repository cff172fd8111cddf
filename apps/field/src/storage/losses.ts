import type { DeviceLoss } from '@guankou/contract/access/device-contact.ts'
import type { FieldDatabase } from './database.ts'

const lossesName = 'losses'
export const mostIdsTold = 500

/** What was lost on this phone and the server has not heard of, oldest first. Ids only, so it lies in clear. */
export const readLosses = async ({ held }: FieldDatabase): Promise<readonly DeviceLoss[]> =>
  ((await held.get(lossesName))?.value ?? []) as readonly DeviceLoss[]

/** Notes a loss inside a transaction that is open on `held`: it is known exactly when it has happened. */
export const noteLossWithin = async (database: FieldDatabase, loss: DeviceLoss): Promise<void> => {
  await database.held.put({ name: lossesName, value: [...(await readLosses(database)), loss] })
}

/** The server has heard of the oldest ones. */
export const dropTold = (database: FieldDatabase, told: number): Promise<void> =>
  database.dexie.transaction('rw', database.held, async () => {
    await database.held.put({ name: lossesName, value: (await readLosses(database)).slice(told) })
  })
