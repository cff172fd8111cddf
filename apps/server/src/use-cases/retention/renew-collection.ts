import { longestRenewalDays, type RenewBody } from '@guankou/contract/retention/renewal.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { insertCollectionRenewal, readCollectionRenewals } from '@guankou/db/queries/retention/renewals.ts'
import { addDays, daySlotOf, isCivilDate } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'

/** Where the note of a renewal belongs. */
export const renewalNotePlace = (responseId: string, version: number): string =>
  `collection-renewal|${responseId}|${version}`

const checkDay = (until: string, present: string, today: string): Result<string> => {
  if (!isCivilDate(until)) return refused('INVALID_INPUT', '/collectionUntil')
  if (until <= present || until <= today) return refused('RENEWAL_NOT_LATER', '/collectionUntil')
  return until > addDays(today, longestRenewalDays)
    ? refused('RENEWAL_TOO_LONG', '/collectionUntil')
    : done(until)
}

/** Adds a renewal with its entry in the audit. @returns false where another one came first */
const insertRenewal = (
  { db, now }: ServerContext,
  actor: Actor,
  renewal: Parameters<typeof insertCollectionRenewal>[1],
): Promise<boolean> =>
  inArea(db, actor.areaCode, async (tx) => {
    const { responseId, version, previousUntil, collectionUntil, ground } = renewal
    const earlier = (await readCollectionRenewals(tx)).filter((each) => each.responseId === responseId)
    if ((earlier.at(-1)?.version ?? 0) !== version - 1) return false
    if (!(await insertCollectionRenewal(tx, renewal))) return false
    const entry = {
      accountId: actor.accountId,
      deviceId: actor.deviceId,
      action: 'responses.renew-collection',
      subject: responseId,
      outcome: 'done',
      detail: `${previousUntil} to ${collectionUntil}, ${ground}`,
    }
    await recordAudit(executeIn(tx), renewal.jurisdiction, [entry], now())
    return true
  })

/**
 * Lets a collection go on. A response runs in the whole city, so whoever answers for the city decides, as a person: the
 * name goes onto the public notice.
 */
export const renewCollection = async (
  context: ServerContext,
  actor: Actor,
  body: RenewBody,
): Promise<Result<{ collectionUntil: string }>> => {
  const { identity, now, reference } = context
  const { installation, jurisdiction } = reference.current()
  if (installation === undefined || actor.areaCode !== installation.cityCode) return refused('OUTSIDE_AREA')
  // As the database has it now: what this server holds in memory may be of before another one's renewal.
  const response = (await reference.refresh()).response(body.responseId)
  if (response === undefined) return refused('UNKNOWN_RESPONSE', '/responseId')
  const city = installation.cityCode
  const { day } = daySlotOf(jurisdiction(city)?.timeZone ?? 'UTC', now())
  const checked = checkDay(body.collectionUntil, response.collectionUntil, day)
  if (!checked.ok) return checked
  const version = body.afterVersion + 1
  const owner = { jurisdiction: city, day }
  const noteSealed =
    body.note === undefined
      ? null
      : await identity.sealer.sealText(owner, renewalNotePlace(body.responseId, version), body.note)
  const isRenewed = await insertRenewal(context, actor, {
    responseId: body.responseId,
    version,
    previousUntil: response.collectionUntil,
    collectionUntil: body.collectionUntil,
    ground: body.ground,
    renewedAt: new Date(now()),
    renewedBy: actor.accountId,
    name: actor.name,
    role: actor.role,
    ...owner,
    noteSealed,
  })
  await reference.refresh()
  return isRenewed
    ? done({ collectionUntil: body.collectionUntil })
    : refused('RENEWAL_OVERTAKEN', '/afterVersion')
}
