import { sign } from 'node:crypto'
import { proofText } from '@guankou/contract/access/device-proof.ts'
import { type Answer, frontHeader, urlOf } from '@guankou/contract/client.ts'
import type { ErrorBody } from '@guankou/contract/errors.ts'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { fetchPackContent, fetchPackDelta, fetchPackHead, type Pack } from '@guankou/contract/sync/pack.ts'
import { type PushAnswer, type PushBody, pushCommands } from '@guankou/contract/sync/push.ts'
import { createPartsFetch, type Missed, type PackSource } from '@guankou/sync/download/fetch-parts.ts'
import {
  type Download,
  type DownloadEvent,
  freshDownload,
  stepDownload,
} from '@guankou/sync/download/machine.ts'
import type { PackAnswer } from '@guankou/sync/download/runner.ts'
import { runMachine } from '@guankou/sync/machine-runner.ts'
import { newEntry } from '@guankou/sync/outbox/entry.ts'
import { createMemoryStorage, type MemoryRow } from '@guankou/sync/outbox/memory-storage.ts'
import { createUploader } from '@guankou/sync/upload/runner.ts'
import type { EnrolledPhone } from './enrolled-phones.ts'
import type { Line, LineAnswer } from './line.ts'
import type { PackReader } from './pack-reader.ts'

/** What all phones of a run tell of themselves. */
export type Told = {
  /** Calls that were answered, or given up. */
  asked: number
  shed: number
  unreachable: number
  /** How often a call was refused for another reason than that there was no room, by its code. */
  readonly refusedOtherwise: Record<string, number>
  packs: { whole: number; delta: number; unchanged: number }
  packsFresh: number
  readonly pushMs: number[]
  readonly packMs: number[]
  readonly accepted: Set<string>
  rejected: number
}

const setTimer = (delayMs: number, run: () => void): (() => void) => {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}

type Parts = {
  readonly phone: EnrolledPhone
  readonly line: Line
  readonly told: Told
  readonly reader: PackReader
  /** The pack in hand when the line went. */
  readonly held: Pack | undefined
  readonly commands: readonly RecordScreening[]
}

const errorOf = ({ status, body }: LineAnswer): ErrorBody | undefined => {
  try {
    const parsed = JSON.parse(body.toString()) as ErrorBody
    return status >= 400 && typeof parsed.code === 'string' ? parsed : undefined
  } catch {
    return undefined
  }
}

const headersOf = ({ phone }: Parts): Record<string, string> => ({
  [frontHeader]: 'field',
  cookie: `guankou_field=${phone.token}`,
})

const count = (told: Told, answer: LineAnswer): void => {
  told.asked += 1
  if (answer.status === 429) told.shed += 1
  else if (answer.status >= 400) {
    const code = errorOf(answer)?.code ?? String(answer.status)
    told.refusedOtherwise[code] = (told.refusedOtherwise[code] ?? 0) + 1
  }
}

const pushOf =
  (parts: Parts) =>
  async (body: PushBody): Promise<Answer<PushAnswer>> => {
    const { phone, line, told } = parts
    const text = proofText('push', phone.deviceId, body.sentAt, [body.outbox, body.commands])
    const proof = sign('sha256', Buffer.from(text), { key: phone.key, dsaEncoding: 'ieee-p1363' })
    const sent = JSON.stringify({ ...body, proof: proof.toString('base64url') })
    try {
      const answer = await line.send('POST', pushCommands.path, headersOf(parts), sent)
      count(told, answer)
      if (answer.status === 200) {
        told.pushMs.push(answer.tookMs)
        const value = JSON.parse(answer.body.toString()) as PushAnswer
        for (const outcome of value.outcomes)
          if (outcome.outcome === 'accepted') told.accepted.add(outcome.id)
        return { is: 'ok', value }
      }
      const error = errorOf(answer)
      if (error !== undefined) return { is: 'refused', status: answer.status, error }
    } catch {
      // Counted below: nothing came back.
    }
    told.asked += 1
    told.unreachable += 1
    return { is: 'unreachable', reason: 'no answer' }
  }

const missedOf = (answer: LineAnswer): Missed => {
  const error = errorOf(answer)
  if (error === undefined) return { is: 'unreachable' }
  const { code, retry, retryAfterSeconds } = error
  return { is: 'refused', code, retry, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) }
}

const packSourceOf = (parts: Parts): PackSource => {
  const { line, told, reader } = parts
  const get = async (url: string, more: Record<string, string> = {}): Promise<LineAnswer> => {
    const answer = await line.send('GET', url, { ...headersOf(parts), 'accept-encoding': 'br', ...more })
    told.packMs.push(answer.tookMs)
    count(told, answer)
    return answer
  }
  const text = async (url: string, kind: 'whole' | 'delta') => {
    const answer = await get(url)
    if (answer.status !== 200) return missedOf(answer)
    told.packs[kind] += 1
    return { is: 'got', value: await reader.textOf(answer) } as const
  }
  return {
    head: async (heldVersion) => {
      const held = heldVersion === undefined ? {} : { 'if-none-match': `"${heldVersion}"` }
      const answer = await get(urlOf(fetchPackHead), held)
      if (answer.status === 304) {
        told.packs.unchanged += 1
        return { is: 'not-modified' }
      }
      return answer.status === 200
        ? { is: 'got', value: JSON.parse(await reader.textOf(answer)) }
        : missedOf(answer)
    },
    content: (division, version) => text(urlOf(fetchPackContent, { division, version }), 'whole'),
    delta: async (division, from, to) => {
      const got = await text(urlOf(fetchPackDelta, { division, from, to }), 'delta')
      return got.is === 'got' ? { is: 'got', value: JSON.parse(got.value) } : got
    },
    whole: async () => ({ is: 'unreachable' }),
  }
}

/** The download machine as the phone runs it; the pack it ends with is looked at, and let go. */
const downloadOf = (parts: Parts) => {
  const { reader, told, held } = parts
  const fetchPack = createPartsFetch({
    source: packSourceOf(parts),
    sha256Hex: reader.sha256Hex,
    held: () => held,
    lacksKeys: () => false,
    onKeys: async () => undefined,
  })
  const eventOf = async (answer: PackAnswer): Promise<DownloadEvent> => {
    if (answer.is === 'not-modified') return { is: 'fresh' }
    if (answer.is !== 'pack') return answer
    const fault = await reader.faultOf(answer.pack)
    return fault === undefined ? { is: 'fresh' } : { is: 'faulty', fault }
  }
  const fetchOnce = async (): Promise<void> => {
    const event = await fetchPack(held?.version)
      .then(eventOf)
      .catch((): DownloadEvent => ({ is: 'unreachable' }))
    if (event.is === 'unreachable') {
      told.asked += 1
      told.unreachable += 1
    }
    if (event.is === 'fresh') told.packsFresh += 1
    machine.tell(event)
    // One look for each phone is what is measured.
    if (event.is === 'fresh') machine.stop()
  }
  const machine = runMachine<Download, DownloadEvent, 'fetch'>({
    fresh: freshDownload,
    step: (download, event) => stepDownload(download, event, Math.random),
    carryOut: () => void fetchOnce(),
    timerEvent: { is: 'timer' },
    setTimer,
  })
  return machine
}

const storageOf = async ({ phone, commands }: Parts) => {
  const rows = new Map<string, MemoryRow>()
  const storage = createMemoryStorage(rows)
  for (const command of commands)
    await storage.add(
      newEntry({
        id: command.id,
        aggregateId: command.id,
        makerId: phone.accountId,
        makerName: { zh: '查验员', en: 'Inspector' },
        madeAtMs: Date.parse(command.occurredAt),
        holdBackMs: 0,
        command,
      }),
    )
  return storage
}

/** A phone that was cut off: the upload and download machines of the app, with its records in memory. */
export const createSimulatedPhone = async (parts: Parts) => {
  let online = false
  const storage = await storageOf(parts)
  const uploader = createUploader({
    storage,
    push: pushOf(parts),
    readServerClock: async () => undefined,
    nowMs: Date.now,
    random: Math.random,
    setTimer,
    accountId: () => parts.phone.accountId,
    deviceId: parts.phone.deviceId,
    isOnline: () => online,
  })
  const downloader = downloadOf(parts)
  await uploader.start()
  return {
    online: () => {
      online = true
      uploader.tell({ is: 'online' })
      downloader.switchOn()
      downloader.tell({ is: 'signed-in' })
    },
    waiting: async () => (await storage.readOpen()).length,
    state: () => uploader.current().state,
    stop: () => {
      uploader.stop()
      downloader.stop()
    },
  }
}

export type SimulatedPhone = Awaited<ReturnType<typeof createSimulatedPhone>>
