import type { Download } from '@guankou/sync/download/machine.ts'
import type { HeldPack } from '@guankou/sync/download/runner.ts'
import { useSyncExternalStore } from 'react'
import { useField } from '#src/runtime/field-context.ts'

/** The pack in hand and what is being done about it, followed. */
export const usePack = (): { readonly held: HeldPack | undefined; readonly download: Download } => {
  const { downloader } = useField().runtime.sync
  const download = useSyncExternalStore(downloader.subscribe, downloader.current)
  return { held: downloader.held(), download }
}
