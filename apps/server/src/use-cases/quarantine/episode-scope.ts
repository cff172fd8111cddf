import type {
  ContactResult,
  ContactWay,
  ExtensionReason,
  HelpKind,
  HelpResult,
  LeaveReason,
  QuarantineSite,
  ReleaseReason,
} from '@guankou/contract/quarantine/vocabulary.ts'
import type {
  EpisodeFile,
  EpisodeKey,
  StoredEpisode,
  StoredEpisodeFact,
} from '@guankou/db/queries/quarantine/episodes.ts'
import type { QuarantineFact, QuarantineOrder } from '@guankou/domain/quarantine/facts.ts'
import { type FollowUp, followUpOf } from '@guankou/domain/quarantine/next-step.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import type { ReferenceData } from '#src/reference/reference-cache.ts'

/** Which episode an id means; the id carries when it was ordered. */
export const episodeKey = (jurisdiction: number, id: string): EpisodeKey => ({
  jurisdiction,
  occurredAt: new Date(uuidTimeMs(id)),
  id,
})

export const keyOfEpisode = ({ jurisdiction, occurred_at, id }: StoredEpisode): EpisodeKey => ({
  jurisdiction,
  occurredAt: occurred_at,
  id,
})

/** An order as the rules take it. @throws Error where its version of the rules is gone, which none ever is */
export const orderOfEpisode = (reference: ReferenceData, episode: StoredEpisode): QuarantineOrder => {
  const plan = reference
    .response(episode.response_id)
    ?.ruleSets.find(({ version }) => version === episode.rules_version)?.followUp
  if (plan === undefined) throw new Error(`quarantine ${episode.id} was ordered by a plan that is not there`)
  return {
    id: episode.id,
    orderedAtMs: episode.occurred_at.getTime(),
    timeZone: reference.jurisdiction(episode.jurisdiction)?.timeZone ?? 'UTC',
    site: episode.site as QuarantineSite,
    countedFrom: episode.counted_from,
    plan,
    isIncoming: episode.before_id !== null,
  }
}

const lacking = (row: StoredEpisodeFact): never => {
  throw new Error(`fact ${row.id} of a quarantine lacks what ${row.kind} needs`)
}

const observationOf = ({ temperature_celsius, signs }: StoredEpisodeFact) =>
  temperature_celsius === null ? { signs } : { signs, temperatureCelsius: temperature_celsius }

/** A row as the fact that a state is derived from. The table holds what each kind needs, and no other kind. */
export const factOfRow = (row: StoredEpisodeFact): QuarantineFact => {
  const fact = { id: row.id, atMs: row.at.getTime() }
  const { kind, way, result, reason, window_key: window, last_day: lastDay, to_area: toArea } = row
  switch (kind) {
    case 'delivered':
    case 'return':
    case 'received':
    case 'receipt':
    case 'withdrawal':
    case 'withdrawn':
    case 'recalled':
    case 'relinked':
      return { ...fact, kind }
    case 'report':
      return { ...fact, kind, ...observationOf(row) }
    case 'contact':
      return {
        ...fact,
        kind,
        way: way as ContactWay,
        result: result as ContactResult,
        ...observationOf(row),
      }
    case 'missed':
      return { ...fact, kind, window: window ?? lacking(row) }
    case 'escalated':
      return { ...fact, kind, window: window ?? lacking(row), way: way as ContactWay }
    case 'leave':
      return { ...fact, kind, reason: reason as LeaveReason }
    case 'extended':
      return { ...fact, kind, lastDay: lastDay ?? lacking(row), reason: reason as ExtensionReason }
    case 'transferred':
      return { ...fact, kind, toArea: toArea ?? lacking(row), isWithin: row.is_within === true }
    case 'released':
      return { ...fact, kind, reason: reason as ReleaseReason }
    case 'help':
      return { ...fact, kind, help: row.help as HelpKind }
    case 'help-closed':
      return { ...fact, kind, helpId: row.help_id ?? lacking(row), result: result as HelpResult }
    default:
      return lacking(row)
  }
}

type WhoDid = { readonly accountId: string | null; readonly deviceId: string | null }

/** A fact as the row that keeps it. */
export const rowOfFact = (
  { jurisdiction, occurredAt, id }: EpisodeKey,
  fact: QuarantineFact,
  by: WhoDid & { readonly recordedAt: Date; readonly contentDigest: Buffer },
): StoredEpisodeFact => ({
  jurisdiction,
  occurred_at: occurredAt,
  quarantine_id: id,
  id: fact.id,
  kind: fact.kind,
  at: new Date(fact.atMs),
  recorded_at: by.recordedAt,
  account_id: by.accountId,
  device_id: by.deviceId,
  way: 'way' in fact ? fact.way : null,
  result: 'result' in fact ? fact.result : null,
  reason: 'reason' in fact ? fact.reason : null,
  temperature_celsius: 'temperatureCelsius' in fact ? (fact.temperatureCelsius ?? null) : null,
  signs: 'signs' in fact ? [...fact.signs] : [],
  window_key: 'window' in fact ? fact.window : null,
  last_day: 'lastDay' in fact ? fact.lastDay : null,
  to_area: 'toArea' in fact ? fact.toArea : null,
  is_within: 'isWithin' in fact ? fact.isWithin : null,
  help: 'help' in fact ? fact.help : null,
  help_id: 'helpId' in fact ? fact.helpId : null,
  content_digest: by.contentDigest,
})

/** An episode with everything that follows from it at a time. */
export type FollowedEpisode = {
  readonly file: EpisodeFile
  readonly order: QuarantineOrder
  readonly facts: readonly QuarantineFact[]
} & FollowUp

export const followEpisode = (
  reference: ReferenceData,
  file: EpisodeFile,
  nowMs: number,
): FollowedEpisode => {
  const order = orderOfEpisode(reference, file.episode)
  const facts = file.facts.map(factOfRow)
  return { file, order, facts, ...followUpOf(order, facts, nowMs) }
}
