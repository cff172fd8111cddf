import type { ChangeEvent } from '@guankou/contract/changes/change-feed.ts'
import { changeFeed } from '@guankou/contract/changes/change-feed.ts'
import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isOpenTo } from '#src/layout/pages.ts'
import { useSession } from '#src/layout/use-session.ts'
import { followChanges } from './follow-changes.ts'

/** What of the feed has which queries read anew; made once, outside of any component. */
export type RefetchOn = {
  readonly topics: ReadonlySet<ChangeEvent['topic']>
  readonly queryKeys: readonly QueryKey[]
}

/** Has queries read anew as the feed tells of changes; a role without the feed goes by the clock of each query alone. */
export const useRefetchOn = (area: number, { topics, queryKeys }: RefetchOn): void => {
  const queryClient = useQueryClient()
  const may = isOpenTo(useSession().role, changeFeed)
  useEffect(() => {
    if (!may) return undefined
    return followChanges({
      area,
      concerns: ({ topic }) => topics.has(topic),
      refetch: async () => {
        await Promise.all(queryKeys.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
        return true
      },
      tell: () => undefined,
      clockOffsetMs: () => 0,
    })
  }, [area, may, queryClient, topics, queryKeys])
}
