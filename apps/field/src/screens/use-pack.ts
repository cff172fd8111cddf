import type { Download } from '@guankou/sync/download/machine.ts'
import type { HeldPack } from '@guankou/sync/download/runner.ts'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { withDispatched } from '#src/posts/post-held.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'

/** Until it is known where somebody was sent to, a post that is not in the pack may be one of those. */
const isUndecided = (held: HeldPack, postId: number | undefined): boolean =>
  postId !== undefined && held.content.posts.every(({ id }) => id !== postId)

/** The pack in hand, with the posts its holder was sent to, and what is being done about it; followed. */
export const usePack = (): { readonly held: HeldPack | undefined; readonly download: Download } => {
  const { runtime } = useField()
  const { downloader } = runtime.sync
  const download = useSyncExternalStore(downloader.subscribe, downloader.current)
  const accountId = useStore(runtime.profile)?.accountId
  const desk = useStore(runtime.desk.held)
  const postId = useStore(runtime.place)?.postId
  const pack = downloader.held()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another account has other dispatches
  useEffect(() => {
    void runtime.desk.load()
  }, [runtime, accountId])
  const held = useMemo(
    () =>
      pack === undefined
        ? undefined
        : { ...pack, content: withDispatched(pack.content, desk.dispatches, Date.now()) },
    [pack, desk.dispatches],
  )
  const waits = held !== undefined && desk.accountId !== accountId && isUndecided(held, postId)
  return { held: waits ? undefined : held, download }
}
