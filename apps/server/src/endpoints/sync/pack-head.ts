import { matchingRoles } from '@guankou/contract/matching/reasons.ts'
import { fetchPackHead } from '@guankou/contract/sync/pack.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'

export const syncPackHead = implement(fetchPackHead, async ({ context, actor }) => {
  const { areaCode: area, role } = actor
  const { version } = await context.packs.current(area)
  const signed = context.identity.packSigner.signVersion(version, context.now())
  const compares = matchingRoles.some((each) => each === role)
  const matchKeys = compares ? [...(await context.packs.matchKeys(area))] : []
  return { ...done({ ...signed, area, matchKeys }), etag: version }
})
