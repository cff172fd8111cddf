import type { RetryRule } from '@guankou/contract/errors.ts'
import type { Pack, PackContent } from '@guankou/contract/sync/pack.ts'
import { checkPack, type PackVerifier, versionToOffer } from './check-pack.ts'
import { type Download, type DownloadEvent, freshDownload, stepDownload } from './machine.ts'

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

/** Keeps the pack in hand fresh and never replaces a good one by one that fails its checks. */
export const createDownloader = (ports: DownloadPorts): Downloader => {
  let download = freshDownload
  let held: HeldPack | undefined
  let cancelTimer: (() => void) | undefined
  let running = false
  const listeners = new Set<() => void>()

  const tell = (event: DownloadEvent): void => {
    if (!running) return
    const step = stepDownload(download, event, ports.random)
    download = step.next
    if (step.timer !== 'keep') {
      cancelTimer?.()
      cancelTimer =
        step.timer === 'none' ? undefined : ports.setTimer(step.timer, () => tell({ is: 'timer' }))
    }
    if (step.effects.length > 0) void fetchAndTell()
    for (const listener of listeners) listener()
  }

  const take = async (pack: Pack): Promise<DownloadEvent> => {
    const pinnedKey = await ports.storage.readPinnedKey()
    const checked = await checkPack(pack, pinnedKey, ports.verifier, ports.nowMs())
    if (checked.is === 'bad') return { is: 'faulty', fault: checked.fault }
    const next = { pack, content: checked.content }
    await ports.storage.writePack(next)
    held = next
    return { is: 'fresh' }
  }

  const fetchAndTell = async (): Promise<void> => {
    try {
      const answer = await ports.fetchPack(versionToOffer(held?.pack, ports.nowMs()))
      if (answer.is === 'pack') tell(await take(answer.pack))
      else if (answer.is === 'not-modified') tell({ is: held === undefined ? 'unreachable' : 'fresh' })
      else tell(answer)
    } catch {
      tell({ is: 'storage-failed' })
    }
  }

  return {
    async start(signedIn) {
      running = true
      held = await ports.storage.readPack().catch(() => undefined)
      tell({ is: signedIn ? 'signed-in' : 'signed-out' })
    },
    tell,
    current: () => download,
    held: () => held,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop() {
      running = false
      cancelTimer?.()
      cancelTimer = undefined
    },
  }
}
