import type { LookUpPurpose } from '@guankou/contract/identity/purposes.ts'
import type { PairingSubject } from '@guankou/contract/pairing/endpoints.ts'
import { mostFoundInPairing, type OrderMatch, type PairingLookUp } from '@guankou/contract/pairing/look-up.ts'
import { type QuarantineField, quarantineFields } from '@guankou/contract/quarantine/people.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { type EpisodeFile, readEpisode } from '@guankou/db/queries/quarantine/episodes.ts'
import { findEpisodesOf, readSeals, type StoredSeal } from '@guankou/db/queries/quarantine/seals.ts'
import { normaliseDocumentNumber, normalisePhone } from '@guankou/domain/identity/normalise.ts'
import { isOpenEpisode } from '@guankou/domain/quarantine/episode.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { jurisdictionsOf, keyOwnerOf } from '#src/use-cases/identity/look-up-person.ts'
import { sealAccess } from '#src/use-cases/identity/seal-access.ts'
import { mayLookUp, writeLookUp } from '#src/use-cases/identity/write-look-up.ts'
import { followEpisode } from '#src/use-cases/quarantine/episode-scope.ts'
import { maskQuarantineField } from '#src/use-cases/quarantine/mask-person.ts'
import { openPerson } from '#src/use-cases/quarantine/seal-person.ts'

/** What a desk looks for, and why. */
export type PairingSearch = {
  readonly purpose: LookUpPurpose
  readonly reason: string
  readonly subject: PairingSubject
}

type Sought = { readonly kind: Exclude<PairingSubject['kind'], 'plate' | 'address'>; readonly text: string }

/** Document or phone of a subject in its normal form. */
export const soughtPerson = ({ kind, text }: PairingSubject): Result<Sought> => {
  if (kind === 'plate' || kind === 'address') return refused('PAIRING_SUBJECT_OF_OTHER_KIND', '/questionId')
  const normal = kind === 'phone' ? normalisePhone(text) : normaliseDocumentNumber(text)
  return normal === '' ? refused('PAIRING_SUBJECT_MISSING', '/questionId') : done({ kind, text: normal })
}

type Found = { readonly file: EpisodeFile; readonly seals: readonly StoredSeal[] }

const showOrder = async (context: ServerContext, { file, seals }: Found): Promise<OrderMatch> => {
  const reference = context.reference.current()
  const { order, episode } = followEpisode(reference, file, context.now())
  const { jurisdiction, response_id } = file.episode
  const person = await openPerson(context.identity.sealer, seals)
  const masked = (field: QuarantineField) => {
    const text = person[field]
    return text === undefined ? [] : [{ field, masked: maskQuarantineField(field, text) }]
  }
  return {
    quarantineId: order.id,
    jurisdiction,
    district: {
      ...(reference.jurisdiction(jurisdiction)?.name ?? { zh: '其他地区', en: 'Another area' }),
    },
    responseName: { ...(reference.response(response_id)?.name ?? { zh: response_id, en: response_id }) },
    site: order.site,
    state: episode.state,
    inForce: isOpenEpisode(episode),
    countedFrom: order.countedFrom,
    lastDay: episode.lastDay,
    dayNumber: episode.dayNumber,
    days: episode.days,
    person: quarantineFields.flatMap(masked),
  }
}

const accessOf = (
  context: ServerContext,
  actor: Actor,
  { purpose, reason, at }: PairingSearch & { readonly at: Date },
  { file: { episode }, seals }: Found,
) =>
  sealAccess(context.identity.sealer, {
    about: 'quarantine',
    jurisdiction: episode.jurisdiction,
    occurredAt: episode.occurred_at,
    day: episode.kept_day,
    screeningId: episode.id,
    seat: 1,
    at,
    accountId: actor.accountId,
    role: actor.role,
    purpose,
    reason,
    fields: quarantineFields.filter((field) => seals.some(({ place }) => place === field)),
    via: 'pairing',
    exportId: null,
  })

/** Episodes that stand under one of some digests in the area of whoever asks, newest first, while the limit lets them. */
const readFound = (context: ServerContext, actor: Actor, at: Date, digests: readonly Buffer[]) =>
  inArea(context.db, actor.areaCode, async (transaction): Promise<Result<readonly Found[]>> => {
    const may = await mayLookUp(transaction, actor, at)
    if (!may.ok) return may
    const found: Found[] = []
    for (const key of await findEpisodesOf(transaction, jurisdictionsOf(context, actor.areaCode), digests)) {
      const file = await readEpisode(transaction, key)
      if (file !== undefined) found.push({ file, seals: await readSeals(transaction, key) })
    }
    return done(found)
  })

/**
 * Quarantine orders of a document or phone in the area of whoever asks. People are opened to be covered only after the
 * look-up stands where they can see it.
 */
export const findOrders = async (
  context: ServerContext,
  actor: Actor,
  search: PairingSearch,
): Promise<Result<PairingLookUp>> => {
  const sought = soughtPerson(search.subject)
  if (!sought.ok) return sought
  const { kind, text } = sought.value
  const at = new Date(context.now())
  const all = await readFound(context, actor, at, await context.identity.sealer.lookUpDigests(kind, text))
  if (!all.ok) return all
  const found = all.value.slice(0, mostFoundInPairing)
  const limits = await writeLookUp(context, actor, {
    at,
    owner: keyOwnerOf(context, actor.areaCode),
    purpose: search.purpose,
    reason: search.reason,
    kind,
    text,
    matches: found.length,
    accesses: await Promise.all(found.map((each) => accessOf(context, actor, { ...search, at }, each))),
  })
  if (!limits.ok) return limits
  return done({
    is: 'orders',
    orders: await Promise.all(found.map((each) => showOrder(context, each))),
    more: all.value.length > found.length,
    limits: limits.value,
  })
}
