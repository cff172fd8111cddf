import type { SessionView } from '@guankou/contract/access/session.ts'
import { createContext, useContext } from 'react'

export const SessionContext = createContext<SessionView | null>(null)

/** Who is signed in; only inside pages that need it. */
export const useSession = (): SessionView => {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('useSession is used where nobody is signed in')
  return session
}
