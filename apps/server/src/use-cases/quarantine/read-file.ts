import type { QueryOf } from '@guankou/contract/endpoint.ts'
import type { readQuarantineFile } from '@guankou/contract/quarantine/endpoints.ts'
import { quarantineFields } from '@guankou/contract/quarantine/people.ts'
import type {
  OtherEpisode,
  QuarantineFactView,
  QuarantineFile,
  RibbonDay,
} from '@guankou/contract/quarantine/views.ts'
import type { ContactWay, HelpKind, QuarantineFactKind } from '@guankou/contract/quarantine/vocabulary.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { readAccountNames } from '@guankou/db/queries/identity-access/read-accesses.ts'
import {
  type EpisodeFile,
  type EpisodeKey,
  readEpisode,
  readEpisodeAfter,
  type StoredEpisodeFact,
} from '@guankou/db/queries/quarantine/episodes.ts'
import { findEpisodesOf, readSeals, type StoredSeal } from '@guankou/db/queries/quarantine/seals.ts'
import { isOpenEpisode } from '@guankou/domain/quarantine/episode.ts'
import { ribbonOf } from '@guankou/domain/quarantine/ribbon.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import type { ReferenceData } from '#src/reference/reference-cache.ts'
import { done, type Result, refused } from '#src/result.ts'
import { type OfficerNames, officerOf } from '#src/use-cases/exports/list-exports.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { quarantineLineOf } from '#src/use-cases/quarantine/board-lines.ts'
import {
  episodeKey,
  type FollowedEpisode,
  followEpisode,
  keyOfEpisode,
} from '#src/use-cases/quarantine/episode-scope.ts'
import { maskQuarantineField } from '#src/use-cases/quarantine/mask-person.ts'
import { digestsOfPerson, openPerson, openSeal } from '#src/use-cases/quarantine/seal-person.ts'

const otherOf = ({ id, jurisdiction, occurredAt }: EpisodeKey): OtherEpisode => ({
  id,
  jurisdiction,
  orderedAt: occurredAt.toISOString(),
})

/** Every day of an episode, with what was found in it. */
export const daysOfEpisode = ({ order, facts, episode, contacts }: FollowedEpisode): RibbonDay[] =>
  ribbonOf(order, facts, { episode, contacts }).map((day) => ({
    ...day,
    signs: [...day.signs],
    contacts: day.contacts.map(({ fromMs, untilMs, status }) => ({
      from: new Date(fromMs).toISOString(),
      until: new Date(untilMs).toISOString(),
      status,
    })),
  }))

type FactParts = {
  readonly names: OfficerNames
  readonly notes: ReadonlyMap<string, string>
  readonly reference: ReferenceData
}

const factView = (row: StoredEpisodeFact, { names, notes, reference }: FactParts): QuarantineFactView => {
  const toArea = row.to_area === null ? undefined : reference.jurisdiction(row.to_area)
  const elsewhere = { zh: `其他城市 ${row.to_area}`, en: `Another city, ${row.to_area}` }
  return {
    id: row.id,
    kind: row.kind as QuarantineFactKind,
    at: row.at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    by: row.account_id === null ? null : officerOf(names, row.account_id),
    way: row.way as ContactWay | null,
    result: row.result,
    reason: row.reason,
    help: row.help as HelpKind | null,
    helpId: row.help_id,
    lastDay: row.last_day,
    toArea: row.to_area === null ? null : { ...(toArea?.name ?? elsewhere) },
    temperatureCelsius: row.temperature_celsius,
    signs: [...row.signs],
    note: notes.get(row.id) ?? null,
  }
}

const openNotes = async (
  { identity }: ServerContext,
  seals: readonly StoredSeal[],
  facts: readonly StoredEpisodeFact[],
): Promise<ReadonlyMap<string, string>> => {
  const notes = new Map<string, string>()
  for (const { id } of facts) {
    const seal = seals.find(({ place }) => place === id)
    const note = seal === undefined ? null : await openSeal(identity.sealer, seal)
    if (note !== null) notes.set(id, note)
  }
  return notes
}

const personView = async ({ identity }: ServerContext, seals: readonly StoredSeal[]) => {
  const person = await openPerson(identity.sealer, seals)
  return quarantineFields.flatMap((field) => {
    const text = person[field]
    return text === undefined ? [] : [{ field, masked: maskQuarantineField(field, text) }]
  })
}

/** What is read of an episode in one transaction, with the audit of its opening. */
const readParts = async (
  context: ServerContext,
  tx: AreaTransaction,
  { actor, key }: { readonly actor: Actor; readonly key: EpisodeKey },
) => {
  const nowMs = context.now()
  const file = await readEpisode(tx, key)
  if (file === undefined) return undefined
  const followed = followEpisode(context.reference.current(), file, nowMs)
  const { transfer } = followed.episode
  const after = transfer?.isWithin === true ? await readEpisodeAfter(tx, transfer, key.id) : undefined
  const seals = await readSeals(tx, key)
  const names = await readAccountNames(
    tx,
    file.facts.flatMap(({ account_id }) => (account_id === null ? [] : [account_id])),
  )
  const act = { action: 'quarantine.file', subject: key.id, outcome: 'done', detail: 'covered' }
  await auditIdentity(tx, actor, act, nowMs)
  return { followed, after, seals, names }
}

/** Other episodes of the same person in the area of whoever asks. */
const samePersonAs = async (
  context: ServerContext,
  actor: Actor,
  { key, seals }: { readonly key: EpisodeKey; readonly seals: readonly StoredSeal[] },
): Promise<QuarantineFile['samePerson']> => {
  const digests = await digestsOfPerson(context.identity.sealer, seals)
  const reference = context.reference.current()
  const area = reference.jurisdictionsIn(actor.areaCode) ?? []
  const files = await inArea(context.db, actor.areaCode, async (tx) => {
    const read: EpisodeFile[] = []
    for (const each of await findEpisodesOf(tx, area, digests)) {
      const file = each.id === key.id ? undefined : await readEpisode(tx, each)
      if (file !== undefined) read.push(file)
    }
    return read
  })
  return files.map((file) => ({
    ...otherOf(keyOfEpisode(file.episode)),
    open: isOpenEpisode(followEpisode(reference, file, context.now()).episode),
  }))
}

/** One episode with its days, its history and the person covered. */
export const readFile = async (
  context: ServerContext,
  actor: Actor,
  { jurisdiction, id }: QueryOf<typeof readQuarantineFile>,
): Promise<Result<QuarantineFile>> => {
  const key = episodeKey(jurisdiction, id)
  const read = await inArea(context.db, actor.areaCode, (tx) => readParts(context, tx, { actor, key }))
  if (read === undefined) return refused('UNKNOWN_QUARANTINE')
  const { followed, after, seals, names } = read
  const { episode, facts } = followed.file
  const reference = context.reference.current()
  const { plan } = followed.order
  const notes = await openNotes(context, seals, facts)
  const response = reference.response(episode.response_id)
  return done({
    line: quarantineLineOf(reference, followed),
    days: daysOfEpisode(followed),
    responseName: { ...(response?.name ?? { zh: episode.response_id, en: episode.response_id }) },
    legalBasis: { ...plan.legalBasis },
    feverCelsius: plan.feverCelsius,
    signs: plan.signs.map(({ code, name }) => ({ code, name: { ...name } })),
    lastExposureOn: episode.last_exposure_on,
    screening:
      episode.screening_id === null || episode.seat === null
        ? null
        : { screeningId: episode.screening_id, seat: episode.seat },
    fromArea: episode.from_area,
    person: await personView(context, seals),
    facts: facts.map((row) => factView(row, { names, notes, reference })),
    handOnTo: reference.jurisdictions
      .filter(({ code }) => code % 100 !== 0 && code !== jurisdiction)
      .map(({ code, name }) => ({ code, name: { ...name } })),
    before:
      episode.before_id === null || episode.before_jurisdiction === null
        ? null
        : otherOf(episodeKey(episode.before_jurisdiction, episode.before_id)),
    after: after === undefined ? null : otherOf(keyOfEpisode(after.episode)),
    samePerson: await samePersonAs(context, actor, { key, seals }),
  })
}
