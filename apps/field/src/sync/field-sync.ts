import { createPartsFetch } from '@guankou/sync/download/fetch-parts.ts'
import { createDownloader, type Downloader } from '@guankou/sync/download/runner.ts'
import type { OpenCounts } from '@guankou/sync/outbox/counts.ts'
import { countLots, type Lot } from '@guankou/sync/outbox/lots.ts'
import type { OutboxStorage } from '@guankou/sync/outbox/storage.ts'
import type { Upload } from '@guankou/sync/upload/machine.ts'
import { createUploader, type Uploader } from '@guankou/sync/upload/runner.ts'
import { createStore, type Store } from '#src/runtime/store.ts'
import type { DeviceKey } from '#src/storage/device-key.ts'
import type { HeldStore } from '#src/storage/held-store.ts'
import type { MatchKeys } from '#src/storage/match-keys.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { openPageChannel, type PageNews, whenOnlySender } from './one-sender.ts'
import type { Transport } from './transport.ts'
import { webVerifier } from './web-verifier.ts'

export type SyncView = {
  readonly upload: Upload
  readonly counts: OpenCounts
  readonly skewMs: number
  readonly online: boolean
}

export type FieldSync = {
  readonly uploader: Uploader
  readonly downloader: Downloader
  readonly view: Store<SyncView>
  readonly announce: (news: PageNews) => void
  /** Reads the counts again and lets other pages know. */
  readonly outboxChanged: () => Promise<void>
  readonly start: () => Promise<void>
  /** Sends and fetches nothing any more. */
  readonly stop: () => void
}

type Parts = {
  readonly outbox: OutboxStorage
  readonly readLots: () => Promise<readonly Lot[]>
  readonly held: HeldStore
  readonly transport: Transport
  readonly deviceId: string
  readonly accountId: () => string | undefined
  readonly openVaultOf: () => string | undefined
  readonly deviceKey: DeviceKey
  readonly matchKeys: MatchKeys
  /** Whether whoever works here is given keys of match lists. */
  readonly compares: () => boolean
  /** Another page is about to change the session, or has. */
  readonly onSessionNews: (news: Exclude<PageNews, 'outbox-changed'>) => void
}

/** How long accepted entries stay on the phone for looking up. */
const keepAcceptedMs = 7 * 86_400_000

const setTimer = (delayMs: number, run: () => void): (() => void) => {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}

const nowMs = (): number => Date.now()
const random = (): number => Math.random()

/** The proof is made once the push is put together: it is of what travels. */
const proved =
  (push: Transport['push'], key: DeviceKey): Transport['push'] =>
  async (body) =>
    push({ ...body, proof: await key.prove('push', body.sentAt, [body.outbox, body.commands]) })

const uploaderOf = ({ outbox, transport, deviceId, accountId, ...parts }: Parts): Uploader =>
  createUploader({
    storage: outbox,
    push: proved(transport.push, parts.deviceKey),
    readServerClock: transport.readServerClock,
    nowMs,
    random,
    setTimer,
    accountId,
    openVaultOf: parts.openVaultOf,
    deviceId,
    isOnline: () => navigator.onLine,
  })

const downloaderOf = ({ held, transport, matchKeys, compares, openVaultOf }: Parts): Downloader => {
  const downloader: Downloader = createDownloader({
    storage: held.packs,
    fetchPack: createPartsFetch({
      source: transport.packSource,
      sha256Hex: webVerifier.sha256Hex,
      held: () => downloader.held()?.pack,
      lacksKeys: () =>
        compares() &&
        openVaultOf() !== undefined &&
        matchKeys.isMissingOf(downloader.held()?.content.matching),
      onKeys: matchKeys.take,
    }),
    verifier: webVerifier,
    nowMs,
    random,
    setTimer,
  })
  return downloader
}

/** Binds the machines of `packages/sync` to this browser. */
export const createFieldSync = (parts: Parts): FieldSync => {
  const { outbox, readLots, accountId } = parts
  const uploader = uploaderOf(parts)
  const downloader = downloaderOf(parts)
  const viewOf = (counts: OpenCounts): SyncView => ({
    upload: uploader.current(),
    counts,
    skewMs: uploader.skewMs(),
    online: navigator.onLine,
  })
  const view = createStore(viewOf(countLots([], accountId())))
  const refresh = oneAtATime(async () => view.set(viewOf(countLots(await readLots(), accountId()))))
  const channel = openPageChannel((news) => {
    if (news !== 'outbox-changed') return parts.onSessionNews(news)
    uploader.tell({ is: 'woken' })
    void refresh()
  })
  uploader.subscribe(() => void refresh())
  const lineChanged = (): void => {
    uploader.tell({ is: navigator.onLine ? 'online' : 'offline' })
    if (navigator.onLine) downloader.tell({ is: 'online' })
    void refresh()
  }
  return {
    uploader,
    downloader,
    view,
    announce: channel.announce,
    async outboxChanged() {
      uploader.tell({ is: 'woken' })
      channel.announce('outbox-changed')
      await refresh()
    },
    stop() {
      uploader.stop()
      downloader.stop()
    },
    async start() {
      window.addEventListener('online', lineChanged)
      window.addEventListener('offline', lineChanged)
      whenOnlySender(() => uploader.start())
      await downloader.start(accountId() !== undefined)
      await outbox.pruneAccepted(nowMs() - keepAcceptedMs).catch(() => 0)
      await refresh()
    },
  }
}
