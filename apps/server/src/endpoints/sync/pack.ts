import { fetchPack } from '@guankou/contract/sync/pack.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { buildPack } from '#src/use-cases/sync/build-pack.ts'

export const syncPack = implement(fetchPack, async ({ context, actor }) => {
  const pack = await buildPack(context, actor)
  return { ...done(pack), etag: pack.version }
})
