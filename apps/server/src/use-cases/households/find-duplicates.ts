import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type {
  findDuplicates as declared,
  duplicateSearchGrounds,
} from '@guankou/contract/households/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { findByDigest } from '@guankou/db/queries/households/facts.ts'
import { addressKey } from '@guankou/domain/households/walk-key.ts'
import { normaliseDocumentNumber, normalisePhone } from '@guankou/domain/identity/normalise.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { addressKind } from '#src/use-cases/households/fact-digests.ts'
import { findTeams } from '#src/use-cases/households/own-team.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'

type Body = BodyOf<typeof declared>

const mostFound = 20

const soughtIn = ({ document, phone, address }: Body): readonly (readonly [kind: string, text: string])[] => [
  ...(document === undefined ? [] : [[document.kind, normaliseDocumentNumber(document.number)] as const]),
  ...(phone === undefined ? [] : [['phone', normalisePhone(phone)] as const]),
  ...(address === undefined ? [] : [[addressKind, addressKey(address)] as const]),
]

const isWellFormed = ({ document, phone, address }: Body): boolean =>
  [document?.number, phone, ...Object.values(address ?? {})].every(
    (text) => typeof text !== 'string' || text.isWellFormed(),
  )

/** Whether a document, phone or door is on file in the jurisdiction: that it is and where it goes on, never who. */
export const findDuplicates = async (
  { db, identity, now, reference }: ServerContext,
  actor: Actor,
  body: Body,
): Promise<Result<OutputOf<typeof declared>>> => {
  const { jurisdiction } = body
  if (reference.current().jurisdiction(jurisdiction) === undefined)
    return refused('UNKNOWN_AREA', '/jurisdiction')
  if (!isWellFormed(body)) return refused('TEXT_NOT_WELL_FORMED')
  const sought = soughtIn(body).filter(([, text]) => text !== '')
  const digests = await Promise.all(sought.map(([kind, text]) => identity.sealer.lookUpDigests(kind, text)))
  return inArea(db, actor.areaCode, async (tx): Promise<Result<OutputOf<typeof declared>>> => {
    const here = await findTeams(tx, actor, jurisdiction)
    if (here === undefined) return refused('NOT_IN_A_TEAM')
    const found = await findByDigest(tx, jurisdiction, digests.flat(), mostFound)
    const detail = `${sought.length} sought, ${found.length} found`
    const act = { action: 'households.duplicates', subject: `team ${here.own.id}`, outcome: 'done', detail }
    await auditIdentity(tx, actor, act, now())
    return done({
      found: found.map(({ kind, householdId, personId, gridCellId }) => ({
        ground: kind as (typeof duplicateSearchGrounds)[number],
        householdId,
        personId,
        mayOpen: gridCellId !== null && here.own.grid_cell_ids.includes(gridCellId),
      })),
    })
  })
}
