import type { EntryHead } from '@guankou/sync/outbox/entry.ts'
import { useEffect, useState } from 'react'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'

/** Among how many of the latest records it is looked for. */
const looked = 100

/** Own vehicles with somebody aboard whose identity the server could not take over, newest first. */
export const useUnnamed = (): readonly EntryHead[] => {
  const { runtime } = useField()
  const view = useStore(runtime.sync.view)
  const accountId = useStore(runtime.profile)?.accountId
  const [heads, setHeads] = useState<readonly EntryHead[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view changes whenever the outbox does
  useEffect(() => {
    let current = true
    void runtime.outbox.readClosed(looked).then((closed) => {
      const found = closed.filter(
        ({ makerId, state }) =>
          makerId === accountId && state.is === 'accepted' && state.withoutIdentity !== undefined,
      )
      if (current && (found.length > 0 || heads.length > 0)) setHeads(found)
    })
    return () => {
      current = false
    }
  }, [runtime, view, accountId])
  return heads
}
