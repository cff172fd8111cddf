export type Room = {
  readonly usedMegabytes: number
  readonly quotaMegabytes: number
  readonly persisted: boolean
}

const megabyte = 1_048_576

/** What the browser says of this site's storage; an estimate, by its own account. */
export const readRoom = async (): Promise<Room> => {
  const { usage = 0, quota = 0 } = await navigator.storage.estimate()
  return {
    usedMegabytes: usage / megabyte,
    quotaMegabytes: quota / megabyte,
    persisted: await navigator.storage.persisted(),
  }
}

/** Asks that data not be cleared under pressure; browsers may refuse, so records are uploaded early all the same. */
export const requestPersistence = (): Promise<boolean> => navigator.storage.persist()
