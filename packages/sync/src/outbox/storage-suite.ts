import { type EntryHead, newEntry } from './entry.ts'
import { type OutboxStorage, StorageFull } from './storage.ts'

type Expectation = {
  readonly toEqual: (expected: unknown) => void
  readonly toBeInstanceOf: (expected: unknown) => void
}

/** The part of a test runner that the suite needs; vitest has it. */
export type SuiteRunner = {
  readonly describe: (name: string, run: () => void) => void
  readonly it: (name: string, run: () => Promise<void>) => void
  readonly expect: (value: unknown) => Expectation
}

export type StorageUnderTest = {
  readonly storage: OutboxStorage
  /** The same data seen by a new process. */
  readonly reopen: () => Promise<OutboxStorage>
  /** Spoils the stored command of an entry. */
  readonly damage: (id: string) => Promise<void>
  /** Closes the vault of the maker of every entry, or opens it again. */
  readonly setLocked: (locked: boolean) => Promise<void>
  /** Makes writes find no room, or room again. */
  readonly setFull: (full: boolean) => void
}

const idOf = (n: number): string => `016fd2a8-5c80-7000-8000-${String(n).padStart(12, '0')}`

const entryOf = (n: number, command: unknown = { n, 名: '珠海' }) =>
  newEntry({
    id: idOf(n),
    aggregateId: idOf(n),
    makerId: 'a-1',
    makerName: { zh: '王', en: 'Wang' },
    madeAtMs: 1_000 * n,
    holdBackMs: 0,
    command,
  })

const asAccepted = (head: EntryHead): EntryHead => ({
  ...head,
  state: { is: 'accepted', recordedAt: '2020-01-23T14:32:07.120Z' },
})

const acceptAll = (storage: OutboxStorage): Promise<undefined> =>
  storage.revise((open) => ({ write: open.map(asAccepted), result: undefined }))

const ids = (heads: readonly EntryHead[]): string[] => heads.map((head) => head.id)

const failureOf = async (run: () => Promise<unknown>): Promise<unknown> => {
  try {
    await run()
    return undefined
  } catch (cause) {
    return cause
  }
}

/** What every adapter of `OutboxStorage` must do; each runs this suite in its own tests. */
export const registerStorageSuite = (
  name: string,
  { describe, it, expect }: SuiteRunner,
  open: () => Promise<StorageUnderTest>,
): void => {
  describe(`${name} as outbox storage`, () => {
    it('keeps entries across a restart, oldest first', async () => {
      const { storage, reopen } = await open()
      for (const n of [3, 1, 2]) await storage.add(entryOf(n))
      const again = await reopen()
      expect(ids(await again.readOpen())).toEqual([idOf(1), idOf(2), idOf(3)])
      expect(await again.readCommand(idOf(2))).toEqual({ is: 'read', command: { n: 2, 名: '珠海' } })
      expect((await again.readOpen())[0]).toEqual(entryOf(1).head)
    })

    it('adds an id once and leaves the first content in place', async () => {
      const { storage } = await open()
      expect(await storage.add(entryOf(1))).toEqual('added')
      expect(await storage.add(entryOf(1, { n: 'other' }))).toEqual('known')
      expect(await storage.readCommand(idOf(1))).toEqual({ is: 'read', command: { n: 1, 名: '珠海' } })
    })

    it('writes what a revision returns and gives back its result', async () => {
      const { storage } = await open()
      await storage.add(entryOf(1))
      await storage.add(entryOf(2))
      const seen = await storage.revise((heads) => ({
        write: heads.slice(0, 1).map((head) => ({ ...head, attempts: 7, state: { is: 'sending' as const } })),
        result: heads.length,
      }))
      expect(seen).toEqual(2)
      const [first, second] = await storage.readOpen()
      expect([first?.attempts, first?.state.is, second?.attempts]).toEqual([7, 'sending', 0])
    })

    it('runs concurrent revisions one after the other', async () => {
      const { storage } = await open()
      await storage.add(entryOf(1))
      const bump = () =>
        storage.revise((heads) => ({
          write: heads.map((head) => ({ ...head, attempts: head.attempts + 1 })),
          result: undefined,
        }))
      await Promise.all([bump(), bump(), bump(), bump()])
      expect((await storage.readOpen())[0]?.attempts).toEqual(4)
    })

    it('never lets a revision change a closed or unknown entry', async () => {
      const { storage } = await open()
      await storage.add(entryOf(1))
      await acceptAll(storage)
      await storage.revise(() => ({ write: [entryOf(1).head, entryOf(9).head], result: undefined }))
      expect(await storage.readOpen()).toEqual([])
      expect((await storage.readClosed(10)).map((head) => head.state.is)).toEqual(['accepted'])
    })

    it('writes nothing when a revision throws', async () => {
      const { storage } = await open()
      await storage.add(entryOf(1))
      const failure = await failureOf(() =>
        storage.revise(() => {
          throw new Error('stop')
        }),
      )
      expect(failure).toBeInstanceOf(Error)
      expect((await storage.readOpen())[0]).toEqual(entryOf(1).head)
    })

    it('answers damaged and missing content as unreadable', async () => {
      const { storage, damage } = await open()
      await storage.add(entryOf(1))
      await damage(idOf(1))
      expect((await storage.readCommand(idOf(1))).is).toEqual('unreadable')
      expect(await storage.readCommand(idOf(2))).toEqual({ is: 'unreadable', reason: 'content-missing' })
      expect(ids(await storage.readOpen())).toEqual([idOf(1)])
    })

    it('gives only the parcel while the vault is closed, and the command again afterwards', async () => {
      const { storage, setLocked } = await open()
      const parcel = { kind: 'sync.parcel', id: idOf(1) }
      await storage.add({ ...entryOf(1), parcel })
      await storage.add(entryOf(2))
      await setLocked(true)
      expect(await storage.readCommand(idOf(1))).toEqual({ is: 'read', command: parcel })
      expect(await storage.readCommand(idOf(2))).toEqual({ is: 'locked' })
      await setLocked(false)
      expect(await storage.readCommand(idOf(1))).toEqual({ is: 'read', command: { n: 1, 名: '珠海' } })
      expect(await storage.readCommand(idOf(2))).toEqual({ is: 'read', command: { n: 2, 名: '珠海' } })
    })

    it('takes a parcel for an entry that waits, and for no other', async () => {
      const { storage, setLocked } = await open()
      await storage.add(entryOf(1))
      await acceptAll(storage)
      await storage.add(entryOf(2))
      for (const n of [1, 2, 3]) await storage.addParcel(idOf(n), { sealed: n })
      expect((await storage.readOpen()).map((head) => head.parcelled)).toEqual([true])
      expect((await storage.readClosed(5)).map((head) => head.parcelled)).toEqual([undefined])
      await setLocked(true)
      expect(await storage.readCommand(idOf(2))).toEqual({ is: 'read', command: { sealed: 2 } })
    })

    it('prunes accepted entries older than a time, and nothing else', async () => {
      const { storage } = await open()
      for (const n of [1, 2, 3]) await storage.add(entryOf(n))
      await acceptAll(storage)
      for (const n of [4, 5]) await storage.add(entryOf(n))
      await storage.revise((heads) => ({
        write: heads.slice(0, 1).map((head) => ({ ...head, state: { is: 'rejected' as const, code: 'X' } })),
        result: undefined,
      }))
      expect(await storage.pruneAccepted(3_000)).toEqual(2)
      expect(await storage.pruneAccepted(1e15)).toEqual(1)
      expect(ids(await storage.readOpen())).toEqual([idOf(4), idOf(5)])
    })

    it('lists closed entries newest first and no more than asked', async () => {
      const { storage } = await open()
      for (const n of [1, 2, 3]) await storage.add(entryOf(n))
      await acceptAll(storage)
      expect(ids(await storage.readClosed(2))).toEqual([idOf(3), idOf(2)])
    })

    it('says when there is no room, keeps what it had, and works again afterwards', async () => {
      const { storage, setFull } = await open()
      await storage.add(entryOf(1))
      setFull(true)
      expect(await failureOf(() => storage.add(entryOf(2)))).toBeInstanceOf(StorageFull)
      expect(await failureOf(() => acceptAll(storage))).toBeInstanceOf(StorageFull)
      expect(ids(await storage.readOpen())).toEqual([idOf(1)])
      setFull(false)
      expect(await storage.add(entryOf(2))).toEqual('added')
      expect(ids(await storage.readOpen())).toEqual([idOf(1), idOf(2)])
    })
  })
}
