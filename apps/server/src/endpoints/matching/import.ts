import { importMatches as declared } from '@guankou/contract/matching/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { implement } from '#src/endpoint.ts'
import { importMatches } from '#src/use-cases/matching/import-matches.ts'

export const matchingImport = implement(declared, async ({ context, actor, body }) => {
  const place = context.reference.current().jurisdiction(body.jurisdiction)
  const imported = await importMatches(body, {
    sealer: context.identity.sealer,
    accountId: actor.accountId,
    deviceId: actor.deviceId,
    nowMs: context.now(),
    timeZone: place?.timeZone ?? 'UTC',
    transact: (work) => inArea(context.db, actor.areaCode, work),
  })
  if (imported.ok) context.packs.forget()
  return imported
})
