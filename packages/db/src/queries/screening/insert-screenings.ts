import type { ScreenedTraveller, ScreeningRecorded } from '@guankou/domain/screening/screening-recorded.ts'
import { bulkInsert, type Column } from '#src/bulk-insert.ts'

/** Identity fields of one traveller, sealed and digested; null where nothing was given. */
export type SealedIdentity = {
  readonly document: Buffer | null
  readonly documentDigest: Buffer | null
  readonly name: Buffer | null
  readonly phone: Buffer | null
  readonly phoneDigest: Buffer | null
  /** What became of naming somebody of an earlier screening; left out where nobody was named. */
  readonly confirmedAs?: 'resolved' | 'unknown' | 'expired'
}

/** A fact with what only the server adds: who sent it, when it was recorded, and its sealed identities. */
export type StoredScreening = {
  readonly fact: ScreeningRecorded
  readonly recordedAtMs: number
  readonly accountId: string
  readonly deviceId: string | null
  /** The form that it was keyed from; left out where a phone sent it. */
  readonly paperFormId?: string
  readonly contentDigest: Buffer
  readonly plate: Buffer | null
  readonly plateDigest: Buffer | null
  readonly service: Buffer | null
  readonly serviceDigest: Buffer | null
  /** In the order of `fact.travellers`. */
  readonly identities: readonly SealedIdentity[]
}

const instant = (ms: number): string => new Date(ms).toISOString()

const screeningColumns: readonly Column<StoredScreening>[] = [
  { name: 'jurisdiction', type: 'integer', value: (s) => s.fact.jurisdiction },
  { name: 'occurred_at', type: 'timestamptz', value: (s) => instant(s.fact.occurredAtMs) },
  { name: 'id', type: 'uuid', value: (s) => s.fact.id },
  { name: 'recorded_at', type: 'timestamptz', value: (s) => instant(s.recordedAtMs) },
  { name: 'started_at', type: 'timestamptz', value: (s) => instant(s.fact.startedAtMs) },
  { name: 'day', type: 'date', value: (s) => s.fact.day },
  { name: 'slot', type: 'smallint', value: (s) => s.fact.slot },
  { name: 'post_id', type: 'integer', value: (s) => s.fact.postId },
  { name: 'lane', type: 'smallint', value: (s) => s.fact.lane },
  { name: 'response_id', type: 'text', value: (s) => s.fact.responseId },
  { name: 'rules_version', type: 'integer', value: (s) => s.fact.rulesVersion },
  { name: 'conveyance_kind', type: 'text', value: (s) => s.fact.conveyanceKind },
  { name: 'plate_sealed', type: 'bytea', value: (s) => s.plate },
  { name: 'plate_digest', type: 'bytea', value: (s) => s.plateDigest },
  { name: 'service_sealed', type: 'bytea', value: (s) => s.service },
  { name: 'service_digest', type: 'bytea', value: (s) => s.serviceDigest },
  { name: 'seats_per_row', type: 'smallint', value: (s) => s.fact.seatsPerRow ?? null },
  { name: 'queue_vehicles', type: 'smallint', value: (s) => s.fact.queueVehicles ?? null },
  { name: 'disposition', type: 'text', value: (s) => s.fact.disposition },
  {
    name: 'rule_ids',
    type: 'text',
    expression: "string_to_array(?, ',')",
    value: (s) => s.fact.ruleIds.join(','),
  },
  { name: 'traveller_count', type: 'smallint', value: (s) => s.fact.tally.travellers },
  { name: 'febrile_count', type: 'smallint', value: (s) => s.fact.tally.febrile },
  { name: 'account_id', type: 'uuid', value: (s) => s.accountId },
  { name: 'device_id', type: 'uuid', value: (s) => s.deviceId },
  { name: 'content_digest', type: 'bytea', value: (s) => s.contentDigest },
  { name: 'paper_form_id', type: 'uuid', value: (s) => s.paperFormId ?? null },
]

/** Inserts facts; rows that are there already are left alone and not returned. */
export const insertScreenings = bulkInsert(
  'screenings',
  screeningColumns,
  'on conflict (jurisdiction, occurred_at, id) do nothing returning t.id',
)

/** One traveller of one screening, ready to store. */
export type StoredTraveller = {
  readonly fact: ScreeningRecorded
  readonly traveller: ScreenedTraveller
  readonly identity: SealedIdentity
}

/** The travellers of the screenings given. */
export const travellersOf = (screenings: readonly StoredScreening[]): StoredTraveller[] =>
  screenings.flatMap(({ fact, identities }) =>
    fact.travellers.map((traveller, index) => {
      const identity = identities[index]
      if (identity === undefined) throw new Error(`screening ${fact.id} lacks a sealed identity`)
      return { fact, traveller, identity }
    }),
  )

const travellerColumns: readonly Column<StoredTraveller>[] = [
  { name: 'jurisdiction', type: 'integer', value: (t) => t.fact.jurisdiction },
  { name: 'occurred_at', type: 'timestamptz', value: (t) => instant(t.fact.occurredAtMs) },
  { name: 'screening_id', type: 'uuid', value: (t) => t.fact.id },
  { name: 'seat', type: 'smallint', value: (t) => t.traveller.entered.seat },
  { name: 'seat_label', type: 'text', value: (t) => t.traveller.entered.seatLabel ?? null },
  { name: 'origin_code', type: 'integer', value: (t) => t.traveller.entered.origin.code },
  { name: 'origin_evidence', type: 'text', value: (t) => t.traveller.entered.origin.evidence },
  { name: 'fever', type: 'text', value: (t) => t.traveller.decision.fever },
  { name: 'exposure', type: 'text', value: (t) => t.traveller.decision.exposure },
  { name: 'contact_with_case', type: 'boolean', value: (t) => t.traveller.entered.contactWithCase },
  { name: 'disposition', type: 'text', value: (t) => t.traveller.decision.disposition },
  {
    name: 'rule_ids',
    type: 'text',
    expression: "string_to_array(?, ',')",
    value: (t) => t.traveller.decision.ruleIds.join(','),
  },
  {
    name: 'symptoms',
    type: 'text',
    expression: "string_to_array(?, ',')",
    value: (t) => t.traveller.entered.symptoms.join(','),
  },
  { name: 'readings', type: 'jsonb', value: (t) => JSON.stringify(t.traveller.entered.readings) },
  { name: 'exposures', type: 'jsonb', value: (t) => JSON.stringify(t.traveller.entered.exposures) },
  {
    name: 'listed',
    type: 'jsonb',
    value: ({ traveller: { entered } }) =>
      entered.listed === undefined ? null : JSON.stringify(entered.listed),
  },
  {
    name: 'certificates',
    type: 'jsonb',
    value: ({ traveller: { entered } }) =>
      entered.certificates === undefined ? null : JSON.stringify(entered.certificates),
  },
  { name: 'document_kind', type: 'text', value: (t) => t.traveller.entered.document.kind },
  { name: 'document_sealed', type: 'bytea', value: (t) => t.identity.document },
  { name: 'document_digest', type: 'bytea', value: (t) => t.identity.documentDigest },
  { name: 'name_sealed', type: 'bytea', value: (t) => t.identity.name },
  { name: 'phone_sealed', type: 'bytea', value: (t) => t.identity.phone },
  { name: 'phone_digest', type: 'bytea', value: (t) => t.identity.phoneDigest },
  { name: 'confirmed_as', type: 'text', value: (t) => t.identity.confirmedAs ?? null },
]

export const insertTravellers = bulkInsert('screening_travellers', travellerColumns)
