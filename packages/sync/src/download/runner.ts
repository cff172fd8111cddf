import type { RetryRule } from '@guankou/contract/errors/error-entry.ts'
import type { Pack, PackContent } from '@guankou/contract/sync/pack.ts'
import { checkPack, type PackVerifier, versionToOffer } from './check-pack.ts'
import {
  type Download,
  type DownloadEvent,
  type DownloadStep,
  freshDownload,
  stepDownload,
} from './machine.ts'

export type PackAnswer =
  | { readonly is: 'pack'; readonly pack: Pack }
  | { readonly is: 'not-modified' }
  | { readonly is: 'refused'; readonly retry: RetryRule }
  | { readonly is: 'unreachable' }

export type HeldPack = { readonly pack: Pack; readonly content: PackContent }

export type PackStorage = {
  readonly readPack: () => Promise<HeldPack | undefined>
  /** Stores the pack and, where none is pinned yet, pins its key; in one transaction. */
  readonly writePack: (held: HeldPack) => Promise<void>
  readonly readPinnedKey: () => Promise<string | undefined>
}

export type DownloadPorts = {
  readonly storage: PackStorage
  /** @param heldVersion  for If-None-Match, or nothing to ask for the whole pack */
  readonly fetchPack: (heldVersion: string | undefined) => Promise<PackAnswer>
  readonly verifier: PackVerifier
  readonly nowMs: () => number
  readonly random: () => number
  readonly setTimer: (delayMs: number, run: () => void) => () => void
}

export type Downloader = {
  /** Loads the pack in hand and, where somebody is signed in, asks for a newer one. */
  readonly start: (signedIn: boolean) => Promise<void>
  readonly tell: (event: DownloadEvent) => void
  readonly current: () => Download
  readonly held: () => HeldPack | undefined
  readonly subscribe: (listener: () => void) => () => void
  readonly stop: () => void
}

type Running = {
  download: Download
  held: HeldPack | undefined
  on: boolean
  cancelTimer: (() => void) | undefined
  readonly listeners: Set<() => void>
}

type Tell = (event: DownloadEvent) => void

const take = async (ports: DownloadPorts, running: Running, pack: Pack): Promise<DownloadEvent> => {
  const pinnedKey = await ports.storage.readPinnedKey()
  const checked = await checkPack(pack, pinnedKey, ports.verifier, ports.nowMs())
  if (checked.is === 'bad') return { is: 'faulty', fault: checked.fault }
  const next = { pack, content: checked.content }
  await ports.storage.writePack(next)
  running.held = next
  return { is: 'fresh' }
}

const fetchAndTell = async (ports: DownloadPorts, running: Running, tell: Tell): Promise<void> => {
  try {
    const answer = await ports.fetchPack(versionToOffer(running.held?.pack, ports.nowMs()))
    if (answer.is === 'pack') tell(await take(ports, running, answer.pack))
    else if (answer.is !== 'not-modified') tell(answer)
    else tell({ is: running.held === undefined ? 'unreachable' : 'fresh' })
  } catch {
    tell({ is: 'storage-failed' })
  }
}

const setTimer = (ports: DownloadPorts, running: Running, timer: DownloadStep['timer'], tell: Tell): void => {
  if (timer === 'keep') return
  running.cancelTimer?.()
  running.cancelTimer = timer === 'none' ? undefined : ports.setTimer(timer, () => tell({ is: 'timer' }))
}

/** Keeps the pack in hand fresh and never replaces a good one by one that fails its checks. */
export const createDownloader = (ports: DownloadPorts): Downloader => {
  const running: Running = {
    download: freshDownload,
    held: undefined,
    on: false,
    cancelTimer: undefined,
    listeners: new Set(),
  }
  const tell: Tell = (event) => {
    if (!running.on) return
    const step = stepDownload(running.download, event, ports.random)
    running.download = step.next
    setTimer(ports, running, step.timer, tell)
    if (step.effects.length > 0) void fetchAndTell(ports, running, tell)
    for (const listener of running.listeners) listener()
  }
  return {
    async start(signedIn) {
      running.on = true
      running.held = await ports.storage.readPack().catch(() => undefined)
      tell({ is: signedIn ? 'signed-in' : 'signed-out' })
    },
    tell,
    current: () => running.download,
    held: () => running.held,
    subscribe(listener) {
      running.listeners.add(listener)
      return () => running.listeners.delete(listener)
    },
    stop() {
      running.on = false
      running.cancelTimer?.()
      running.cancelTimer = undefined
    },
  }
}
