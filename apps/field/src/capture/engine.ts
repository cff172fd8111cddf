import {
  bytesOf,
  codeParts,
  fetchPart,
  type PartName,
  type Progress,
  textParts,
} from './parts/capture-files.ts'
import type { CaptureRead, CaptureWant } from './reading/reads.ts'
import type { Raster } from './vision/raster.ts'
import address from './worker/capture-worker.ts?worker&url'
import type { CaptureAnswer, CaptureRequest } from './worker/messages.ts'

type Sent = CaptureRequest extends infer Each
  ? Each extends { id: number }
    ? Omit<Each, 'id'>
    : never
  : never

/** Reads pictures in a worker of its own. What it needs comes when it is first asked for, and stays until it is closed. */
export type CaptureEngine = {
  /** Makes ready for what is wanted; again is free. @throws where parts are missing or the browser cannot run them */
  readonly prepare: (want: CaptureWant, onProgress?: (progress: Progress) => void) => Promise<void>
  /** Reads one picture; its pixels are handed over and overwritten. */
  readonly read: (want: CaptureWant, raster: Raster, today: string) => Promise<CaptureRead | undefined>
  readonly close: () => void
}

/** Where the worker lies, which is kept for offline use like the rest. */
export const workerUrl: string = address

const startWorker = () => new Worker(workerUrl, { type: 'module', name: 'capture' })

/** Questions and answers by number. A worker that cannot even start fails every question. */
const converse = (worker: Worker) => {
  const waiting = new Map<number, PromiseWithResolvers<CaptureRead | undefined>>()
  let last = 0
  worker.addEventListener('message', ({ data }: MessageEvent<CaptureAnswer>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.ok) asked?.resolve(data.read)
    else asked?.reject(new Error(data.problem))
  })
  worker.addEventListener('error', () => {
    for (const asked of waiting.values()) asked.reject(new Error('the reader could not start'))
    waiting.clear()
  })
  return (request: Sent, handedOver: readonly ArrayBuffer[]): Promise<CaptureRead | undefined> => {
    last += 1
    const asked = Promise.withResolvers<CaptureRead | undefined>()
    waiting.set(last, asked)
    worker.postMessage({ ...request, id: last }, [...handedOver])
    return asked.promise
  }
}

const fetchAll = async (parts: readonly PartName[], onProgress?: (progress: Progress) => void) => {
  let doneBytes = 0
  const ofBytes = bytesOf(parts)
  const count = (bytes: number): void => {
    doneBytes += bytes
    onProgress?.({ doneBytes, ofBytes })
  }
  return Promise.all(parts.map((part) => fetchPart(part, count)))
}

export const createCaptureEngine = (start: () => Worker = startWorker): CaptureEngine => {
  let worker: Worker | undefined
  let ask: ReturnType<typeof converse> | undefined
  const ready = new Map<'codes' | 'texts', Promise<void>>()
  const speak = (): ReturnType<typeof converse> => {
    worker ??= start()
    ask ??= converse(worker)
    return ask
  }
  const open = async (what: 'codes' | 'texts', onProgress?: (progress: Progress) => void): Promise<void> => {
    const [first, detector, recogniser, keys] = await fetchAll(
      what === 'codes' ? codeParts : textParts,
      onProgress,
    )
    if (first === undefined) return
    if (detector === undefined || recogniser === undefined || keys === undefined)
      await speak()({ do: 'open-codes', runtime: first }, [first])
    else {
      const parts = { runtime: first, detector, recogniser, keys }
      await speak()({ do: 'open-ocr', parts }, Object.values(parts))
    }
  }
  const close = (): void => {
    worker?.terminate()
    worker = undefined
    ask = undefined
    ready.clear()
  }
  return {
    prepare: (want, onProgress) => {
      const what = want === 'qr' ? 'codes' : 'texts'
      const before = ready.get(what)
      if (before !== undefined) return before
      const opening = open(what, onProgress)
      ready.set(what, opening)
      opening.catch(() => ready.delete(what))
      return opening
    },
    read: (want, { width, height, data }, today) => {
      const pixels = data.buffer as ArrayBuffer
      return speak()({ do: 'read', want, width, height, pixels, today }, [pixels])
    },
    close,
  }
}
