import type { Answer } from '@guankou/contract/client.ts'
import type { PushAnswer, PushBody } from '@guankou/contract/sync/push.ts'
import { runMachine } from '#src/machine-runner.ts'
import { markUnreadable } from '#src/outbox/by-hand.ts'
import { claimBatch, maxBytesPerPush, releaseSending } from '#src/outbox/claim.ts'
import { outboxCounts } from '#src/outbox/counts.ts'
import type { EntryHead, UnreadableReason } from '#src/outbox/entry.ts'
import { rejectedHead, retryRuleOf, settleBatch } from '#src/outbox/settle.ts'
import type { OutboxStorage } from '#src/outbox/storage.ts'
import { isClockRight, provenSkewMs } from './clock-check.ts'
import { freshUpload, stepUpload, type Upload, type UploadEffect, type UploadEvent } from './machine.ts'
import { isPushAnswer } from './push-answer.ts'

/** How long accepted entries are kept once room is needed: only those the server has, oldest first. */
const keepAcceptedWhenFullMs = 0

export type UploadPorts = {
  readonly storage: OutboxStorage
  readonly push: (body: PushBody) => Promise<Answer<PushAnswer>>
  /** The server's time, Unix milliseconds, or nothing where it cannot be had. */
  readonly readServerClock: () => Promise<number | undefined>
  readonly nowMs: () => number
  readonly random: () => number
  /** Calls back once after a delay; returns how to cancel it. */
  readonly setTimer: (delayMs: number, run: () => void) => () => void
  /** Whose session the next push travels under. */
  readonly accountId: () => string | undefined
  /** Whose content can be read now; left out, that of whoever is signed in. */
  readonly openVaultOf?: () => string | undefined
  readonly deviceId: string
  readonly isOnline: () => boolean
}

export type Uploader = {
  readonly start: () => Promise<void>
  readonly tell: (event: UploadEvent) => void
  readonly current: () => Upload
  /** Device clock minus server clock as last proven, milliseconds. */
  readonly skewMs: () => number
  readonly subscribe: (listener: () => void) => () => void
  /** Forgets everything in flight, as a crash would. */
  readonly stop: () => void
}

type Batch = {
  readonly heads: readonly EntryHead[]
  readonly commands: readonly unknown[]
  /** Entries whose vault closed between claim and reading; they wait again. */
  readonly locked: number
}

const readBatch = async (storage: OutboxStorage, heads: readonly EntryHead[]): Promise<Batch> => {
  const reads = await Promise.all(
    heads.map(async (head) => ({ head, read: await storage.readCommand(head.id) })),
  )
  const damaged = new Map<string, UnreadableReason>()
  const locked = new Set<string>()
  const good: { head: EntryHead; command: unknown }[] = []
  for (const { head, read } of reads) {
    if (read.is === 'read') good.push({ head, command: read.command })
    else if (read.is === 'unreadable') damaged.set(head.id, read.reason)
    else locked.add(head.id)
  }
  if (locked.size > 0) await storage.revise((open) => releaseSending(open, locked))
  if (damaged.size > 0) await storage.revise((open) => markUnreadable(open, damaged))
  return {
    heads: good.map((item) => item.head),
    commands: good.map((item) => item.command),
    locked: locked.size,
  }
}

const idsOf = (heads: readonly EntryHead[]): ReadonlySet<string> => new Set(heads.map((head) => head.id))

/** Applies what came back for one batch and says it as an event. */
const applyAnswer = async (
  ports: UploadPorts,
  heads: readonly EntryHead[],
  answer: Answer<PushAnswer>,
  sentAtMs: number,
): Promise<{ readonly event: UploadEvent; readonly skewMs?: number }> => {
  const { storage, nowMs, random } = ports
  const answeredAtMs = nowMs()
  if (answer.is === 'ok' && isPushAnswer(answer.value)) {
    const settlement = await storage.revise((open) =>
      settleBatch(open, heads, answer.value, { nowMs: answeredAtMs, random }),
    )
    const serverMs = Date.parse(answer.value.receivedAt)
    const skewMs = provenSkewMs({ sentAtMs, answeredAtMs, serverMs })
    return {
      event: { is: 'settled', needs: settlement.needs, clockRight: isClockRight(skewMs) },
      skewMs,
    }
  }
  const [only] = heads
  const retry = answer.is === 'refused' ? retryRuleOf(answer.error.code, answer.error.retry) : undefined
  if (answer.is === 'refused' && retry === 'never' && heads.length === 1 && only !== undefined)
    await storage.revise((open) => ({
      write: open
        .filter((head) => head.id === only.id && head.state.is === 'sending')
        .map((head) => rejectedHead(head, answer.error)),
      result: undefined,
    }))
  else await storage.revise((open) => releaseSending(open, idsOf(heads)))
  if (answer.is !== 'refused' || retry === undefined) return { event: { is: 'unreachable' } }
  const { code, retryAfterSeconds } = answer.error
  return { event: { is: 'refused', code, retry, batchSize: heads.length, retryAfterSeconds } }
}

const nothingDue = { event: { is: 'nothing-due', nextDueInMs: undefined } } as const

const sendBatch = async (
  ports: UploadPorts,
  limit: number,
): Promise<{ readonly event: UploadEvent; readonly skewMs?: number }> => {
  const { storage, nowMs } = ports
  const carrierId = ports.accountId()
  if (carrierId === undefined) return nothingDue
  const makerId = (ports.openVaultOf ?? ports.accountId)() === carrierId ? carrierId : undefined
  const claim = await storage.revise((open) =>
    claimBatch(open, { makerId, nowMs: nowMs(), maxCommands: limit, maxBytes: maxBytesPerPush }),
  )
  if (claim.heads.length === 0) {
    const nextDueInMs = claim.nextDueMs === undefined ? undefined : Math.max(0, claim.nextDueMs - nowMs())
    return { event: { is: 'nothing-due', nextDueInMs } }
  }
  const { heads, commands, locked } = await readBatch(storage, claim.heads)
  if (heads.length === 0 && locked > 0) return nothingDue
  if (heads.length === 0) return { event: { is: 'settled', needs: 'nothing', clockRight: true } }
  const outbox = outboxCounts(await storage.readOpen())
  if (ports.accountId() !== carrierId) {
    await storage.revise((open) => releaseSending(open, idsOf(heads)))
    return { event: { is: 'settled', needs: 'nothing', clockRight: true } }
  }
  const sentAtMs = nowMs()
  const sentAt = new Date(sentAtMs).toISOString()
  const answer = await ports.push({ deviceId: ports.deviceId, sentAt, outbox, commands: [...commands] })
  return applyAnswer(ports, heads, answer, sentAtMs)
}

type Running = { skewMs: number }

type Tell = (event: UploadEvent) => void

const sendAndTell = async (
  ports: UploadPorts,
  running: Running,
  limit: number,
  tell: Tell,
): Promise<void> => {
  try {
    const outcome = await sendBatch(ports, limit)
    if (outcome.skewMs !== undefined) running.skewMs = outcome.skewMs
    tell(outcome.event)
  } catch {
    // Only storage throws here: full, or taken away. What was claimed is claimed again later.
    tell({ is: 'storage-failed' })
  }
}

const readClockAndTell = async (ports: UploadPorts, running: Running, tell: Tell): Promise<void> => {
  const sentAtMs = ports.nowMs()
  const serverMs = await ports.readServerClock().catch(() => undefined)
  if (serverMs === undefined) return
  running.skewMs = provenSkewMs({ sentAtMs, answeredAtMs: ports.nowMs(), serverMs })
  tell({ is: 'clock-read', right: isClockRight(running.skewMs) })
}

const carryOut = async (
  ports: UploadPorts,
  running: Running,
  effects: readonly UploadEffect[],
  tell: Tell,
): Promise<void> => {
  for (const effect of effects) {
    if (effect.do === 'send') await sendAndTell(ports, running, effect.limit, tell)
    else if (effect.do === 'read-clock') await readClockAndTell(ports, running, tell)
    else await ports.storage.pruneAccepted(ports.nowMs() - keepAcceptedWhenFullMs).catch(() => 0)
  }
}

/**
 * Carries out what the machine decides. One runner per device sends at a time (the app holds a lock); everything it
 * knows between runs is in storage.
 */
export const createUploader = (ports: UploadPorts): Uploader => {
  const running: Running = { skewMs: 0 }
  const machine = runMachine<Upload, UploadEvent, UploadEffect>({
    fresh: freshUpload(ports.isOnline(), ports.accountId() !== undefined),
    step: (upload, event) => stepUpload(upload, event, ports.random),
    carryOut: (effects) => void carryOut(ports, running, effects, machine.tell),
    timerEvent: { is: 'timer' },
    setTimer: ports.setTimer,
  })
  return {
    async start() {
      machine.switchOn()
      await ports.storage.revise((open) => releaseSending(open)).catch(() => [])
      machine.tell({ is: 'woken' })
    },
    tell: machine.tell,
    current: machine.current,
    skewMs: () => running.skewMs,
    subscribe: machine.subscribe,
    stop: machine.stop,
  }
}
