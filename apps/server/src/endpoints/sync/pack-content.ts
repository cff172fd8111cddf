import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { fetchPackContent } from '@guankou/contract/sync/pack.ts'
import { implement } from '#src/endpoint.ts'
import { done, refused } from '#src/result.ts'

const contentType = 'application/json; charset=utf-8'

/** The text goes out as it was signed; parsing it for the value that no one sends would only cost time. */
const unsent = {} as PackContent

export const syncPackContent = implement(fetchPackContent, async ({ context, query }) => {
  if (context.reference.current().jurisdiction(query.division) === undefined)
    return refused('PACK_VERSION_GONE')
  const pack = await context.packs.find(query.division, query.version)
  if (pack === undefined) return refused('PACK_VERSION_GONE')
  return { ...done(unsent), ready: { contentType, ...(await pack.compressed()) } }
})
