import type { Post } from '@guankou/contract/places/place.ts'
import { isFact } from '@guankou/domain/posts/kept-fact.ts'
import { useEffect, useMemo } from 'react'
import { heldFacts, heldRunning } from '#src/posts/post-held.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { useNow } from '../use-now.ts'

/** Who put clocking in off is not reminded for the rest of a duty. */
const putOffMs = 12 * 3_600_000

/** Whether whoever holds the phone has not clocked in at this post and has not put it off either. */
export const useIsOffDuty = (post: Post): boolean => {
  const { runtime } = useField()
  const accountId = useStore(runtime.profile)?.accountId
  const held = useStore(runtime.desk.held)
  const nowMs = useNow(60_000)
  useEffect(() => {
    void runtime.desk.open(post)
  }, [runtime, post])
  return useMemo(() => {
    if (held.postId !== post.id || held.accountId !== accountId) return false
    const atMs = Math.max(nowMs, Date.now())
    if (heldRunning(held, atMs).crew.some(({ officerId }) => officerId === accountId)) return false
    return !heldFacts(held).some(
      (fact) =>
        isFact(fact, 'clock-in-put-off') && fact.makerId === accountId && atMs - fact.occurredAtMs < putOffMs,
    )
  }, [held, accountId, nowMs, post.id])
}
