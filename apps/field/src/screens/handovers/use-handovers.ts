import { useEffect } from 'react'
import { inOrder, type KnownHandover } from '#src/handovers/known-handover.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'

const askEveryMs = 20_000

/** Hand-overs as they are known, asked for again while they are looked at. */
export const useHandovers = (): readonly KnownHandover[] => {
  const { handovers, runtime } = useField()
  const { known } = useStore(handovers.notes)
  const { counts, online } = useStore(runtime.sync.view)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was sent changes what the server tells
  useEffect(() => {
    void handovers.refresh()
    const timer = setInterval(() => void handovers.refresh(), askEveryMs)
    return () => clearInterval(timer)
  }, [handovers, counts.waiting, online])
  return inOrder(known)
}
