import type { auditHeads } from '@guankou/contract/audit/endpoints.ts'
import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import { readDayHeads } from '@guankou/db/queries/audit/day-heads.ts'
import { isCivilDate } from '@guankou/domain/places/calendar.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'

const usualPage = 500

const placeIn = (text: string): { readonly day: string; readonly jurisdiction: number } | undefined => {
  const match = /^(\d{4}-\d\d-\d\d),(\d{1,6})$/.exec(text)
  const [, day = '', jurisdiction = ''] = match ?? []
  return isCivilDate(day) ? { day, jurisdiction: Number(jurisdiction) } : undefined
}

/** Signed heads of all chains: they hold hashes and counts alone, and are made to be published. */
export const readHeads = async (
  { db, audit }: ServerContext,
  { from, to, after, limit = usualPage }: QueryOf<typeof auditHeads>,
): Promise<Result<OutputOf<typeof auditHeads>>> => {
  const place = after === undefined ? undefined : placeIn(after)
  if (after !== undefined && place === undefined) return refused('INVALID_INPUT', '/after')
  if (from !== undefined && !isCivilDate(from)) return refused('INVALID_INPUT', '/from')
  if (to !== undefined && !isCivilDate(to)) return refused('INVALID_INPUT', '/to')
  const heads = await readDayHeads(db.query, {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(place === undefined ? {} : { after: place }),
    limit,
  })
  const last = heads.length < limit ? undefined : heads.at(-1)
  return done({
    publicKey: audit.publicKey,
    heads,
    next: last === undefined ? null : `${last.day},${last.jurisdiction}`,
  })
}
