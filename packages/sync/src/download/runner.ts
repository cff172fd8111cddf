import type { RetryRule } from '@guankou/contract/errors/error-entry.ts'
import type { Pack, PackContent } from '@guankou/contract/sync/pack.ts'
import { runMachine } from '#src/machine-runner.ts'
import { checkPack, type PackVerifier, versionToOffer } from './check-pack.ts'
import { type Download, type DownloadEvent, freshDownload, stepDownload } from './machine.ts'

export type PackAnswer =
  | { readonly is: 'pack'; readonly pack: Pack }
  | { readonly is: 'not-modified' }
  | { readonly is: 'refused'; readonly retry: RetryRule; readonly retryAfterSeconds?: number }
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

type Running = { held: HeldPack | undefined }

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

/** Keeps the pack in hand fresh and never replaces a good one by one that fails its checks. */
export const createDownloader = (ports: DownloadPorts): Downloader => {
  const running: Running = { held: undefined }
  const machine = runMachine<Download, DownloadEvent, 'fetch'>({
    fresh: freshDownload,
    step: (download, event) => stepDownload(download, event, ports.random),
    carryOut: () => void fetchAndTell(ports, running, machine.tell),
    timerEvent: { is: 'timer' },
    setTimer: ports.setTimer,
  })
  return {
    async start(signedIn) {
      machine.switchOn()
      running.held = await ports.storage.readPack().catch(() => undefined)
      machine.tell({ is: signedIn ? 'signed-in' : 'signed-out' })
    },
    tell: machine.tell,
    current: machine.current,
    held: () => running.held,
    subscribe: machine.subscribe,
    stop: machine.stop,
  }
}
