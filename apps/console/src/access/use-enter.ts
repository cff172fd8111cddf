import type { SessionView } from '@guankou/contract/access/session.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSignInFailure } from '#src/access/use-sign-in-failure.ts'
import { sessionQuery } from '#src/api/queries.ts'
import { useGo } from '#src/layout/go.ts'
import { homeOf } from '#src/layout/pages.ts'

/** Signs in by whatever way, and goes to the first page that is open then. */
export const useEnter = () => {
  const go = useGo()
  const queryClient = useQueryClient()
  const failureText = useSignInFailure()
  const [working, setWorking] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const enter = async (signIn: () => Promise<SessionView>): Promise<void> => {
    setWorking(true)
    setFailure(null)
    try {
      const session = await signIn()
      queryClient.clear()
      queryClient.setQueryData(sessionQuery.queryKey, session)
      go(homeOf(session), {}, 'replace')
    } catch (cause) {
      setFailure(failureText(cause))
      setWorking(false)
    }
  }
  return { enter, working, failure }
}
