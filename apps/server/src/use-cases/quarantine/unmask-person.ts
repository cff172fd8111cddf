import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import { lookUpLimits, shownForSeconds } from '@guankou/contract/identity/purposes.ts'
import type { unmaskQuarantineField } from '@guankou/contract/quarantine/endpoints.ts'
import type { QuarantineField } from '@guankou/contract/quarantine/people.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { type EpisodeKey, readEpisode } from '@guankou/db/queries/quarantine/episodes.ts'
import {
  insertQuarantineAccesses,
  insertSeals,
  lockQuarantineAccesses,
  readQuarantineAccessTimes,
  readSeals,
  type StoredSeal,
} from '@guankou/db/queries/quarantine/seals.ts'
import { allowanceOf } from '@guankou/domain/identity/allowance.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { isReason } from '#src/use-cases/identity/reasons.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { episodeKey } from '#src/use-cases/quarantine/episode-scope.ts'
import { openPerson, sealIn } from '#src/use-cases/quarantine/seal-person.ts'

const msPerDay = 86_400_000
const rule = { perMinute: lookUpLimits.unmasksPerMinute, perDay: lookUpLimits.unmasksPerDay }

/** Seconds until an account may see another field in full; 0 where it may now. */
const waitOf = async (tx: AreaTransaction, accountId: string, nowMs: number): Promise<number> => {
  await lockQuarantineAccesses(tx, accountId)
  const since = new Date(nowMs - msPerDay)
  const times = await readQuarantineAccessTimes(tx, { accountId, since, most: rule.perDay })
  return allowanceOf(rule, times, nowMs).waitSeconds
}

export type Seeing = {
  readonly key: EpisodeKey
  readonly fields: readonly QuarantineField[]
  /** As the audit names it. */
  readonly action: string
  readonly reason: StoredSeal | null
  readonly id: string
}

/** Writes down, where the person can see it, who sees what of them in full; refuses where the limit is reached. */
export const noteSeen = (
  context: ServerContext,
  actor: Actor,
  { key, fields, action, reason, id }: Seeing,
): Promise<Result<void>> =>
  inArea(context.db, actor.areaCode, async (tx) => {
    const nowMs = context.now()
    const retryAfterSeconds = await waitOf(tx, actor.accountId, nowMs)
    if (retryAfterSeconds > 0)
      return { ok: false, refusal: { code: 'LOOK_UP_LIMIT_REACHED', retryAfterSeconds } }
    await insertQuarantineAccesses(tx, [
      {
        jurisdiction: key.jurisdiction,
        occurred_at: key.occurredAt,
        quarantine_id: key.id,
        id,
        at: new Date(nowMs),
        account_id: actor.accountId,
        role: actor.role,
        fields: [...fields],
        export_id: null,
      },
    ])
    if (reason !== null) await insertSeals(tx, [reason])
    const act = { action, subject: key.id, outcome: 'done', detail: fields.join(', ') }
    await auditIdentity(tx, actor, act, nowMs)
    return done(undefined)
  })

/** Shows one field in full to whoever follows the person up, for a reason in words. */
export const unmaskPerson = async (
  context: ServerContext,
  actor: Actor,
  { jurisdiction, id, field, reason }: BodyOf<typeof unmaskQuarantineField>,
): Promise<Result<OutputOf<typeof unmaskQuarantineField>>> => {
  if (!reason.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/reason')
  if (!isReason(reason)) return refused('REASON_TOO_SHORT', '/reason')
  const key = episodeKey(jurisdiction, id)
  const found = await inArea(context.db, actor.areaCode, async (tx) => {
    const file = await readEpisode(tx, key)
    return file && { file, seals: await readSeals(tx, key) }
  })
  if (found === undefined) return refused('UNKNOWN_QUARANTINE')
  const { sealer } = context.identity
  const keptDay = found.file.episode.kept_day
  if (!found.seals.some(({ place }) => place === field)) return refused('FIELD_NOT_HELD', '/field')
  const text = (await openPerson(sealer, found.seals))[field]
  if (text === undefined) return refused('IDENTITY_DESTROYED')
  const accessId = v7({ msecs: context.now() })
  const sealed = await unlessDestroyed(sealIn(sealer, { key, keptDay }, accessId, reason.trim()))
  const seen = await noteSeen(context, actor, {
    key,
    fields: [field],
    action: 'quarantine.unmask',
    reason: sealed,
    id: accessId,
  })
  return seen.ok ? done({ field, text, shownForSeconds }) : seen
}
