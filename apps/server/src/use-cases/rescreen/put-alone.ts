import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { reviewPutAlone as declaredReview, listPutAlone } from '@guankou/contract/rescreen/proposals.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import {
  insertPutAlone,
  readPutAlone,
  reviewPutAlone,
  type StoredPutAlone,
} from '@guankou/db/queries/rescreen/proposals.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { cityDay, cityOf } from '#src/use-cases/rescreen/start-run.ts'

const mostShown = 50

const placeOf = (responseId: string, version: number): string => `rules-alone|${responseId}|${version}`

/** Keeps why one person decided, for the auditor, under the key of the city and day. */
export const noteAlone = (
  context: ServerContext,
  city: number,
  responseId: string,
  because: string,
): { readonly write: (transaction: AreaTransaction, version: number) => Promise<void> } => ({
  write: async (transaction, version) => {
    const owner = { jurisdiction: city, day: cityDay(context, city) }
    const place = placeOf(responseId, version)
    await insertPutAlone(transaction, {
      ...owner,
      response_id: responseId,
      version,
      reason_sealed: await context.identity.sealer.sealText(owner, place, because.trim()),
      reviewed_at: null,
      reviewed_by: null,
      reviewer_zh: null,
      reviewer_en: null,
    })
  },
})

const openReason = ({ identity }: ServerContext, alone: StoredPutAlone): Promise<string | null> =>
  unlessDestroyed(identity.sealer.open(alone, placeOf(alone.response_id, alone.version), alone.reason_sealed))

/** Versions that one person put into force alone, with why. */
export const putAlone = async (
  context: ServerContext,
  actor: Actor,
): Promise<Result<OutputOf<typeof listPutAlone>>> => {
  const city = cityOf(context, actor)
  if (!city.ok) return city
  const rows = await inArea(context.db, actor.areaCode, async (transaction) => {
    const found = await readPutAlone(transaction, city.value, mostShown)
    const detail = `${found.length} versions`
    const act = { action: 'rescreen.alone', subject: String(city.value), outcome: 'done', detail }
    await auditIdentity(transaction, actor, act, context.now())
    return found
  })
  return done({
    alone: await Promise.all(
      rows.map(async (row) => ({
        responseId: row.response_id,
        version: row.version,
        publishedAt: row.published_at.toISOString(),
        publishedBy: { zh: row.name_zh, en: row.name_en },
        because: await openReason(context, row),
        reviewedAt: row.reviewed_at?.toISOString() ?? null,
        reviewedBy:
          row.reviewer_zh === null || row.reviewer_en === null
            ? null
            : { zh: row.reviewer_zh, en: row.reviewer_en },
      })),
    ),
  })
}

/** Notes that an auditor has looked at it; whoever was first stays. */
export const review = async (
  context: ServerContext,
  actor: Actor,
  { responseId, version }: BodyOf<typeof declaredReview>,
): Promise<Result<OutputOf<typeof declaredReview>>> => {
  const city = cityOf(context, actor)
  if (!city.ok) return city
  const at = new Date(context.now())
  return inArea(
    context.db,
    actor.areaCode,
    async (transaction): Promise<Result<OutputOf<typeof declaredReview>>> => {
      const reviewedAt = await reviewPutAlone(
        transaction,
        { jurisdiction: city.value, response_id: responseId, version },
        {
          reviewed_at: at,
          reviewed_by: actor.accountId,
          reviewer_zh: actor.name.zh,
          reviewer_en: actor.name.en,
        },
      )
      if (reviewedAt === undefined) return refused('RULES_VERSION_UNKNOWN', '/version')
      const act = {
        action: 'rescreen.review',
        subject: responseId,
        outcome: 'done',
        detail: `version ${version}`,
      }
      await auditIdentity(transaction, actor, act, at.getTime())
      return done({ reviewedAt: reviewedAt.toISOString() })
    },
  )
}
