import { setTimeout as pause } from 'node:timers/promises'
import type { Answer } from '@guankou/contract/client.ts'
import { type PushAnswer, type PushBody, pushCommands } from '@guankou/contract/sync/push.ts'
import { below, happens, type Random, uniform } from '@guankou/simulator/random/stream.ts'
import { retryByHand } from '@guankou/sync/outbox/by-hand.ts'
import { type EntryState, isWaiting, newEntry } from '@guankou/sync/outbox/entry.ts'
import { createMemoryStorage, type MemoryRow } from '@guankou/sync/outbox/memory-storage.ts'
import { createUploader, type Uploader } from '@guankou/sync/upload/runner.ts'
import type { Arrival } from './arrivals.ts'
import type { Ledger } from './ledger.ts'
import type { Session } from './line.ts'
import type { Person } from './system.ts'
import { until } from './until.ts'

/** An answer that was on its way when the phone went into a tunnel: the server did it, the phone does not know. */
const lostAnswerShare = 0.05
/** How often an inspector who sees records waiting presses “send now”. */
const askedShare = 0.1
const longestPauseMs = 180
const drainWithinMs = 90_000

export type Phone = {
  readonly record: () => Promise<void>
  /** The app is killed and opened again; what it had stored is there. */
  readonly crash: () => Promise<void>
  /** Records no more after the one at hand. */
  readonly finish: () => void
  /** Sends by hand until nothing waits. */
  readonly drain: () => Promise<void>
  readonly stop: () => void
  /** Where each record stands on the phone, by id. */
  readonly states: () => ReadonlyMap<string, EntryState>
}

export type PhoneParts = {
  readonly person: Person
  readonly session: Session
  readonly deviceId: string
  readonly nextArrival: (nowMs: number) => Arrival
  readonly random: Random
  readonly ledger: Ledger
}

const idsOf = (body: PushBody): string[] => body.commands.map((command) => (command as { id: string }).id)

/** One push over the line; what the server says counts, whether it reaches the phone or not. */
const pushOver = async (
  { session, ledger, random }: PhoneParts,
  body: PushBody,
): Promise<Answer<PushAnswer>> => {
  ledger.noteSent(idsOf(body))
  const answer = await session.client.call(pushCommands, { body })
  if (answer.is !== 'ok') return answer
  for (const outcome of answer.value.outcomes)
    if (outcome.outcome === 'accepted') ledger.noteAccepted(outcome.id, outcome.recordedAt, outcome.duplicate)
  return happens(random, lostAnswerShare) ? { is: 'unreachable', reason: 'the answer was lost' } : answer
}

/** The uploader of the field app over a real line; `isOver` cuts it off as the end of its process would. */
const startUploader = (
  parts: PhoneParts,
  storage: ReturnType<typeof createMemoryStorage>,
): { readonly uploader: Uploader; readonly end: () => void } => {
  let isOver = false
  const uploader = createUploader({
    storage,
    push: async (body) => {
      const answer = await pushOver(parts, body)
      return isOver ? new Promise<never>(() => undefined) : answer
    },
    readServerClock: async () => undefined,
    nowMs: Date.now,
    random: () => uniform(parts.random),
    setTimer: (delayMs, run) => {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
    accountId: () => parts.person.accountId,
    deviceId: parts.deviceId,
    isOnline: () => true,
  })
  const end = (): void => {
    isOver = true
    uploader.stop()
  }
  return { uploader, end }
}

/** A phone with the outbox and the upload machine of the field app; only its disk is in memory. */
export const createPhone = async (parts: PhoneParts): Promise<Phone> => {
  const { person, random, ledger } = parts
  const disk = new Map<string, MemoryRow>()
  const storage = createMemoryStorage(disk)
  let life = startUploader(parts, storage)
  let isRecording = true
  await life.uploader.start()

  const recordOne = async (): Promise<void> => {
    const nowMs = Date.now()
    const { command, isWrong } = parts.nextArrival(nowMs)
    const maker = { makerId: person.accountId, makerName: { zh: person.login, en: person.login } }
    const entry = newEntry({
      id: command.id,
      aggregateId: command.id,
      ...maker,
      madeAtMs: nowMs,
      holdBackMs: below(random, 200),
      command,
    })
    ledger.noteMade(command, isWrong)
    await storage.add(entry)
    life.uploader.tell({ is: happens(random, askedShare) ? 'asked' : 'woken' })
  }
  const sendWaiting = async (): Promise<true | undefined> => {
    const waiting = (await storage.readOpen()).filter(isWaiting)
    if (waiting.length === 0) return true
    const ids = new Set(waiting.map((head) => head.id))
    await storage.revise((open) =>
      retryByHand(
        open.filter((head) => head.state.is === 'queued'),
        ids,
        Date.now(),
      ),
    )
    life.uploader.tell({ is: 'asked' })
    await pause(100)
    return undefined
  }
  return {
    record: async () => {
      while (isRecording) {
        await recordOne()
        await pause(below(random, longestPauseMs))
      }
    },
    crash: async () => {
      life.end()
      life = startUploader(parts, storage)
      await life.uploader.start()
    },
    finish: () => {
      isRecording = false
    },
    drain: async () => {
      await until(`nothing waited on the phone of ${person.login}`, sendWaiting, drainWithinMs)
    },
    stop: () => {
      isRecording = false
      life.end()
    },
    states: () => new Map([...disk].map(([id, { head }]) => [id, head.state])),
  }
}
