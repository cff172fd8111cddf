import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBatchQueue } from './batch-queue.ts'

type Item = { readonly id: string; readonly poison?: boolean }
type Written = { readonly id: string; readonly nth: number }

/** A store that fails a whole batch where one item of it is poison, as a transaction does. */
const createStore = (trouble: (items: readonly Item[]) => Error | undefined = () => undefined) => {
  const batches: { key: number; ids: string[] }[] = []
  const stored: string[] = []
  return {
    batches,
    stored,
    write: async (key: number, items: readonly Item[]): Promise<Written[]> => {
      batches.push({ key, ids: items.map(({ id }) => id) })
      await new Promise((resolve) => setImmediate(resolve))
      const error = trouble(items) ?? (items.some(({ poison }) => poison) ? new Error('poison') : undefined)
      if (error !== undefined) throw error
      return items.map(({ id }) => ({ id, nth: stored.push(id) }))
    },
  }
}

const queueOn = (store: ReturnType<typeof createStore>, mostPerBatch = 10, mostWaiting = 10_000) =>
  createBatchQueue<Item, Written>({
    write: store.write,
    mostPerBatch,
    mostWaiting,
    concernsAll: (error) => error instanceof Error && error.message === 'line is down',
  })

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `item-${index}`)

describe('the batch queue', () => {
  it('writes what arrives together in one batch and answers each its own outcome', async () => {
    const store = createStore()
    const queue = queueOn(store)
    const answers = await Promise.all(ids(5).map((id) => queue.submit(1, id, { id })))
    expect(store.batches).toEqual([{ key: 1, ids: ids(5) }])
    expect(answers).toEqual(ids(5).map((id, index) => ({ id, nth: index + 1 })))
    expect(queue.waiting()).toBe(0)
  })

  it('gathers the next batch while one is under way, up to its size', async () => {
    const store = createStore()
    const queue = queueOn(store, 4)
    await Promise.all(ids(10).map((id) => queue.submit(1, id, { id })))
    expect(store.batches.map((batch) => batch.ids.length)).toEqual([4, 4, 2])
    expect(store.stored).toEqual(ids(10))
  })

  it('puts the same id into another batch, so that it is met as a duplicate', async () => {
    const store = createStore()
    const queue = queueOn(store)
    await Promise.all(['a', 'b', 'a', 'a', 'c'].map((id) => queue.submit(1, id, { id })))
    expect(store.batches.map((batch) => batch.ids)).toEqual([['a', 'b', 'c'], ['a'], ['a']])
  })

  it('refuses beyond its limit and takes again when there is room', async () => {
    const store = createStore()
    const queue = queueOn(store, 10, 3)
    const answers = await Promise.all(ids(5).map((id) => queue.submit(1, id, { id })))
    expect(answers.slice(3)).toEqual([{ refusal: { code: 'BUSY' } }, { refusal: { code: 'BUSY' } }])
    await queue.drained()
    expect(await queue.submit(1, 'later', { id: 'later' })).toEqual({ id: 'later', nth: 4 })
  })

  it('fails poison alone: its neighbours are stored, once each, and everybody is answered', async () => {
    const mixed = fc.array(fc.record({ key: fc.nat(2), poison: fc.nat(3).map((n) => n === 0) }), {
      maxLength: 60,
    })
    await fc.assert(
      fc.asyncProperty(mixed, fc.integer({ min: 1, max: 20 }), async (entries, mostPerBatch) => {
        const store = createStore()
        const queue = queueOn(store, mostPerBatch)
        const items = entries.map(({ key, poison }, index) => ({ key, id: `item-${index}`, poison }))
        const settled = await Promise.allSettled(items.map((item) => queue.submit(item.key, item.id, item)))
        expect(settled.map(({ status }) => status)).toEqual(
          items.map(({ poison }) => (poison ? 'rejected' : 'fulfilled')),
        )
        const good = items.filter(({ poison }) => !poison)
        expect(store.stored.toSorted()).toEqual(good.map(({ id }) => id).toSorted())
        for (const { key, ids: written } of store.batches)
          for (const id of written) expect(items.find((item) => item.id === id)?.key).toBe(key)
        await queue.drained()
        expect(queue.waiting()).toBe(0)
      }),
    )
  })

  it('keeps the order of each key', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { maxLength: 50 }),
        fc.integer({ min: 1, max: 7 }),
        async (keys, most) => {
          const store = createStore()
          const queue = queueOn(store, most)
          await Promise.all(
            keys.map((key, index) => queue.submit(key, `item-${index}`, { id: `item-${index}` })),
          )
          for (const key of new Set(keys)) {
            const written = store.batches.filter((batch) => batch.key === key).flatMap((batch) => batch.ids)
            expect(written).toEqual(keys.flatMap((other, index) => (other === key ? [`item-${index}`] : [])))
          }
        },
      ),
    )
  })

  it('does not try one by one what the connection failed, and goes on with the next', async () => {
    let down = true
    const store = createStore(() => (down ? new Error('line is down') : undefined))
    const queue = queueOn(store)
    const lost = await Promise.allSettled(ids(6).map((id) => queue.submit(1, id, { id })))
    expect(lost.every(({ status }) => status === 'rejected')).toBe(true)
    expect(store.batches).toHaveLength(1)
    down = false
    expect(await queue.submit(1, 'again', { id: 'again' })).toEqual({ id: 'again', nth: 1 })
  })

  it('fails an item that was answered nothing, instead of leaving it waiting', async () => {
    const queue = createBatchQueue<Item, Written>({
      write: async (_, items) => items.slice(1).map(({ id }, nth) => ({ id, nth })),
      mostPerBatch: 10,
      mostWaiting: 10,
      concernsAll: () => true,
    })
    const settled = await Promise.allSettled(ids(3).map((id) => queue.submit(1, id, { id })))
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  })
})
