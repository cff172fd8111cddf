import type { Refusal } from '@guankou/contract/errors.ts'

type Waiting<Item, Outcome> = {
  readonly id: string
  readonly item: Item
  readonly settle: (outcome: Outcome | { readonly refusal: Refusal }) => void
  readonly fail: (error: unknown) => void
}

export type BatchQueueOptions<Item, Outcome> = {
  /** Writes one batch of one key in one transaction; outcomes in the order of the items. */
  readonly write: (key: number, items: readonly Item[]) => Promise<readonly Outcome[]>
  readonly mostPerBatch: number
  /** Beyond this many waiting items new ones are refused: pressure is passed on, never heaped up. */
  readonly mostWaiting: number
  /** Whether an error concerns the connection, so that trying the items one by one would not help. */
  readonly concernsAll: (error: unknown) => boolean
}

export type BatchQueue<Item, Outcome> = {
  readonly submit: (key: number, id: string, item: Item) => Promise<Outcome | { readonly refusal: Refusal }>
  readonly waiting: () => number
  /** Resolves when nothing is waiting or under way. */
  readonly drained: () => Promise<void>
}

const takeBatch = <Item, Outcome>(
  queue: Waiting<Item, Outcome>[],
  most: number,
): { batch: Waiting<Item, Outcome>[]; rest: Waiting<Item, Outcome>[] } => {
  const batch: Waiting<Item, Outcome>[] = []
  const rest: Waiting<Item, Outcome>[] = []
  const ids = new Set<string>()
  for (const waiting of queue) {
    // The same id twice waits for the next batch, where it is met as the duplicate it is.
    if (batch.length < most && !ids.has(waiting.id)) {
      ids.add(waiting.id)
      batch.push(waiting)
    } else rest.push(waiting)
  }
  return { batch, rest }
}

type WriteBatch<Item, Outcome> = (key: number, batch: readonly Waiting<Item, Outcome>[]) => Promise<void>

/** Writes a batch and answers each item; one that spoils the transaction for all is found by halving. */
const batchWriter = <Item, Outcome extends object>(
  options: BatchQueueOptions<Item, Outcome>,
): WriteBatch<Item, Outcome> => {
  const writeBatch: WriteBatch<Item, Outcome> = async (key, batch) => {
    try {
      const items = batch.map((waiting) => waiting.item)
      const outcomes = await options.write(key, items)
      for (const [index, waiting] of batch.entries()) {
        const outcome = outcomes[index]
        if (outcome === undefined) waiting.fail(new Error('the batch answered fewer outcomes than items'))
        else waiting.settle(outcome)
      }
    } catch (error) {
      if (batch.length === 1 || options.concernsAll(error)) {
        for (const waiting of batch) waiting.fail(error)
        return
      }
      const middle = Math.ceil(batch.length / 2)
      await writeBatch(key, batch.slice(0, middle))
      await writeBatch(key, batch.slice(middle))
    }
  }
  return writeBatch
}

/**
 * The short queue in which concurrent requests meet and leave as one transaction per key. While one batch of a key is
 * under way the next one gathers, so that the batch size follows the load without any waiting time of its own.
 */
export const createBatchQueue = <Item, Outcome extends object>(
  options: BatchQueueOptions<Item, Outcome>,
): BatchQueue<Item, Outcome> => {
  const writeBatch = batchWriter(options)
  const queues = new Map<number, Waiting<Item, Outcome>[]>()
  const busy = new Map<number, Promise<void>>()
  let waitingCount = 0

  const run = async (key: number): Promise<void> => {
    for (;;) {
      const { batch, rest } = takeBatch(queues.get(key) ?? [], options.mostPerBatch)
      if (batch.length === 0) return
      queues.set(key, rest)
      await writeBatch(key, batch)
      waitingCount -= batch.length
    }
  }
  const wake = (key: number): void => {
    if (busy.has(key)) return
    // A turn of the event loop lets the requests that arrived together join the first batch.
    const running = new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => run(key))
      .finally(() => {
        busy.delete(key)
        if ((queues.get(key)?.length ?? 0) > 0) wake(key)
      })
    busy.set(key, running)
  }
  return {
    submit: (key, id, item) => {
      if (waitingCount >= options.mostWaiting) return Promise.resolve({ refusal: { code: 'BUSY' } })
      waitingCount += 1
      return new Promise((settle, fail) => {
        const queue = queues.get(key) ?? []
        queue.push({ id, item, settle, fail })
        queues.set(key, queue)
        wake(key)
      })
    },
    waiting: () => waitingCount,
    drained: async () => {
      while (busy.size > 0) await Promise.all(busy.values())
    },
  }
}
