import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isUnreachable, refusalOf } from '#src/api/client.ts'
import { createKeeper, type KeepState } from '#src/paper/keeper.ts'
import { keepForm, keepOnLeaving, paperKey } from '#src/paper/queries.ts'

/** Keeps forms on the server while they are keyed, and what is left of them when the page goes away. */
export const useKeeper = () => {
  const queryClient = useQueryClient()
  const [state, setState] = useState<KeepState>({ is: 'nothing' })
  const [keeper] = useState(() =>
    createKeeper({
      keep: keepForm,
      mayComeBack: (cause) => isUnreachable(cause) || refusalOf(cause)?.retry === 'later',
      later: (act, ms) => {
        const timer = setTimeout(act, ms)
        return () => clearTimeout(timer)
      },
      tell: setState,
    }),
  )
  useEffect(() => {
    const leave = (): void => {
      for (const form of keeper.unkept()) keepOnLeaving(form)
    }
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      keeper.stop()
      leave()
    }
  }, [keeper])
  return {
    state,
    note: keeper.note,
    begin: keeper.begin,
    /** Keeps at once what waits, and reads the list anew. */
    keepNow: async (): Promise<void> => {
      await keeper.keepNow()
      await queryClient.invalidateQueries({ queryKey: paperKey })
    },
  }
}
