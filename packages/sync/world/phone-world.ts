import { parcelKind } from '@guankou/contract/sync/parcel.ts'
import type { PushBody } from '@guankou/contract/sync/push.ts'
import { withdraw } from '#src/outbox/by-hand.ts'
import { isWaiting, newEntry } from '#src/outbox/entry.ts'
import { createMemoryStorage, type MemoryRow } from '#src/outbox/memory-storage.ts'
import { StorageFull } from '#src/outbox/storage.ts'
import { createUploader, type Uploader } from '#src/upload/runner.ts'
import { createFakeServer } from './fake-server.ts'

type Timer = { readonly dueMs: number; readonly run: () => void }

/** Lets every promise that can settle settle; the world has no real timers and no real network. */
const settlePromises = async (): Promise<void> => {
  for (let n = 0; n < 100; n += 1) await Promise.resolve()
}

const uuidAt = (ms: number, n: number): string => {
  const time = ms.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${n.toString(16).padStart(12, '0')}`
}

/**
 * A phone, a server and a clock that moves only when told. Everything random in it comes from `random`.
 * The phone can crash; its disk stays.
 */
export const createPhoneWorld = (random: () => number) => {
  let nowMs = Date.parse('2020-01-23T00:00:00.000Z')
  let online = true
  let full = false
  let session: string | undefined = 'ann'
  let locked = false
  let timers: Timer[] = []
  let made = 0
  let pushes = 0
  const rows = new Map<string, MemoryRow>()
  const madeIds = new Map<
    string,
    { readonly makerId: string; readonly wrong: boolean; readonly sealed: boolean }
  >()
  const withdrawnIds = new Set<string>()
  const keptInForm: string[] = []
  const server = createFakeServer(() => nowMs)
  const vaultOf = (): string | undefined => (locked ? undefined : session)
  const storage = createMemoryStorage(
    rows,
    () => full,
    (makerId) => makerId === vaultOf(),
  )

  const boot = (): Uploader =>
    createUploader({
      storage,
      push: async (body: PushBody) => {
        pushes += 1
        const sessionOf = session
        await Promise.resolve()
        if (!online) return { is: 'unreachable', reason: 'no line' }
        return server.push(body, sessionOf)
      },
      readServerClock: async () => (online ? server.clockMs() : undefined),
      nowMs: () => nowMs,
      random,
      setTimer: (delayMs, run) => {
        const timer = { dueMs: nowMs + delayMs, run }
        timers.push(timer)
        return () => {
          timers = timers.filter((each) => each !== timer)
        }
      },
      accountId: () => session,
      openVaultOf: vaultOf,
      deviceId: '016fd2a8-5c80-4000-8000-000000000000',
      isOnline: () => online,
    })
  let uploader = boot()

  const pass = async (ms: number): Promise<void> => {
    await settlePromises()
    const endMs = nowMs + ms
    for (;;) {
      const next = timers.filter((timer) => timer.dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0]
      if (next === undefined) break
      nowMs = Math.max(nowMs, next.dueMs)
      timers = timers.filter((timer) => timer !== next)
      next.run()
      await settlePromises()
    }
    nowMs = endMs
    await settlePromises()
  }

  const record = async (wrong: boolean, sealed = false): Promise<void> => {
    if (session === undefined || locked) return
    made += 1
    const id = uuidAt(nowMs, made)
    const command = { id, makerId: session, wrong }
    const maker = { makerId: session, makerName: { zh: session, en: session } }
    const input = { id, aggregateId: id, ...maker, madeAtMs: nowMs, holdBackMs: 5_000, command }
    const entry = newEntry(sealed ? { ...input, parcel: { kind: parcelKind, ...command } } : input)
    try {
      await storage.add(entry)
      madeIds.set(id, { makerId: session, wrong, sealed })
      uploader.tell({ is: 'woken' })
      await settlePromises()
    } catch (cause) {
      if (!(cause instanceof StorageFull)) throw cause
      keptInForm.push(id)
    }
  }

  return {
    server,
    rows,
    madeIds,
    withdrawnIds,
    keptInForm,
    storage,
    pushes: () => pushes,
    state: () => uploader.current().state,
    start: async () => {
      await uploader.start()
      await settlePromises()
    },
    record,
    pass,
    undoLast: async () => {
      const last = [...madeIds.keys()].at(-1)
      if (last === undefined || full) return
      if (await storage.revise((open) => withdraw(open, last, nowMs))) withdrawnIds.add(last)
    },
    /** The process dies between any two steps; what was in flight may still reach the server. */
    crash: async () => {
      uploader.stop()
      timers = []
      uploader = boot()
      await uploader.start()
      await settlePromises()
    },
    setOnline: async (value: boolean) => {
      online = value
      uploader.tell({ is: value ? 'online' : 'offline' })
      await settlePromises()
    },
    setFull: (value: boolean) => {
      full = value
    },
    signIn: async (account: string | undefined) => {
      session = account
      uploader.tell({ is: account === undefined ? 'signed-out' : 'signed-in' })
      await settlePromises()
    },
    /** The phone changes hands while a batch is somewhere between claim and answer. */
    handOver: async (steps: number) => {
      uploader.tell({ is: 'asked' })
      for (let n = 0; n < steps; n += 1) await Promise.resolve()
      session = session === 'ann' ? 'bob' : 'ann'
      uploader.tell({ is: 'signed-out' })
      uploader.tell({ is: 'signed-in' })
      await settlePromises()
    },
    /** The phone locks after a while, or is unlocked by whoever is signed in. */
    setLocked: async (value: boolean) => {
      locked = value
      uploader.tell({ is: 'woken' })
      await settlePromises()
    },
    /** Whoever is signed in seals what they made and could not seal then. */
    sealWaiting: async () => {
      if (full || vaultOf() === undefined) return
      for (const head of await storage.readOpen()) {
        const entry = madeIds.get(head.id)
        if (head.makerId !== session || !isWaiting(head) || entry === undefined) continue
        await storage.addParcel(head.id, { kind: parcelKind, id: head.id, ...entry })
        madeIds.set(head.id, { ...entry, sealed: true })
      }
    },
    ask: async () => {
      uploader.tell({ is: 'asked' })
      await settlePromises()
    },
    damage: (id: string) => {
      const row = rows.get(id)
      if (row !== undefined) rows.set(id, { ...row, commandText: '{' })
    },
  }
}

export type PhoneWorld = ReturnType<typeof createPhoneWorld>
