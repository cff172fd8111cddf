import { fetchPackDelta } from '@guankou/contract/sync/pack.ts'
import { implement } from '#src/endpoint.ts'
import { done, refused } from '#src/result.ts'

export const syncPackDelta = implement(fetchPackDelta, async ({ context, query }) => {
  const { division, from, to } = query
  if (context.reference.current().jurisdiction(division) === undefined) return refused('PACK_VERSION_GONE')
  const delta = await context.packs.delta(division, from, to)
  if (delta === undefined) return refused('PACK_VERSION_GONE')
  return { ...done([]), ready: { contentType: 'application/json; charset=utf-8', ...delta } }
})
