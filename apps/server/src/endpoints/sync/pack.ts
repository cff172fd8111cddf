import { fetchPack } from '@guankou/contract/sync/pack.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'

export const syncPack = implement(fetchPack, async ({ context, actor }) => {
  const { version, text } = await context.packs.current(actor.areaCode)
  const signed = context.identity.packSigner.signVersion(version, context.now())
  return { ...done({ ...signed, content: text }), etag: version }
})
