import {
  listSendableOfficers,
  readPost,
  readPostsBoard,
  recordPostFact,
} from '@guankou/contract/posts/endpoints.ts'
import type { PostHappening, RecordPostFact } from '@guankou/contract/posts/record-post-fact.ts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'
import { newCommandId } from '#src/posts/command-id.ts'

const boardKey = ['posts-board'] as const
/** Facts of posts come at any time, and a wait grows old by itself. */
const everyMs = 5_000

export const boardQuery = (area: number) =>
  queryOptions({
    queryKey: [...boardKey, area],
    queryFn: async () => orThrow(await client.call(readPostsBoard, { query: { area } })),
    refetchInterval: everyMs,
  })

export const postQuery = (query: { readonly postId: number; readonly day?: string }) =>
  queryOptions({
    queryKey: [...boardKey, 'post', query],
    queryFn: async () => orThrow(await client.call(readPost, { query })),
    refetchInterval: everyMs,
  })

export const officersQuery = (area: number) =>
  queryOptions({
    queryKey: [...boardKey, 'officers', area],
    queryFn: async () => orThrow(await client.call(listSendableOfficers, { query: { area } })),
    staleTime: everyMs,
  })

/** Records something at a post, and has the pages read it anew. */
export const useRecordAt = (post: { readonly id: number; readonly jurisdiction: number }) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (happening: PostHappening) => {
      const nowMs = Date.now()
      const body: RecordPostFact = {
        kind: 'posts.record',
        schemaVersion: 1,
        id: newCommandId(nowMs),
        jurisdiction: post.jurisdiction,
        postId: post.id,
        occurredAt: new Date(nowMs).toISOString(),
        happening,
      }
      return orThrow(await client.call(recordPostFact, { body }))
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: boardKey }),
  })
}
