import { type IdentityField, identityFields } from '@guankou/contract/identity/purposes.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { RuleSet } from '@guankou/contract/responses/response.ts'
import type { Role } from '@guankou/contract/roles.ts'
import type { Disposition } from '@guankou/contract/screening/dispositions.ts'
import type { HeldField, PersonRecord, SeenBy } from '@guankou/contract/subject-access/person-page.ts'
import type { CorrectableField } from '@guankou/contract/subject-access/requests.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import {
  type FindingCorrection,
  readFindingCorrections,
} from '@guankou/db/queries/screening/finding-corrections.ts'
import { type AnsweredOverride, readOverridesOf } from '@guankou/db/queries/screening/overrides.ts'
import { readCorrectionsOf, type StoredCorrection } from '@guankou/db/queries/subject-access/corrections.ts'
import { readAccessesOf, type StoredRecord } from '@guankou/db/queries/subject-access/records.ts'
import { maskField } from '@guankou/domain/identity/mask.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { quarantineDays } from '@guankou/domain/subject-access/quarantine-days.ts'
import { formatSlipCode, slipCodeOf } from '@guankou/domain/subject-access/slip-code.ts'
import { areaNames } from '@guankou/geodata/divisions/area-name.ts'
import type { ServerContext } from '#src/context.ts'
import { areaNamesIn } from '#src/reference/area-names.ts'
import { openReason } from '#src/use-cases/identity/seal-access.ts'
import { openField } from '#src/use-cases/identity/show-person.ts'
import { overrideState } from '#src/use-cases/screening/override-facts.ts'
import { heldUntil } from '#src/use-cases/subject-access/held-until.ts'
import { showCorrections } from '#src/use-cases/subject-access/show-corrections.ts'

/** What of a record is read in its area, before anything is opened. */
export type RecordRows = {
  readonly record: StoredRecord
  readonly corrections: readonly StoredCorrection[]
  readonly findingCorrections: readonly FindingCorrection[]
  /** In force, oldest first. */
  readonly overrides: readonly AnsweredOverride[]
  readonly accesses: Awaited<ReturnType<typeof readAccessesOf>>
  readonly held: Awaited<ReturnType<typeof heldUntil>>
}

export type Showing = {
  /** Fields that are shown in full beside their mask. */
  readonly inFull: (field: CorrectableField | IdentityField) => boolean
  readonly reasons: boolean
}

const mostAccesses = 200

const unnamed: Bilingual = { zh: '未知', en: 'unknown' }

export const readRecordRows = async (
  context: ServerContext,
  transaction: AreaTransaction,
  record: StoredRecord,
): Promise<RecordRows> => ({
  record,
  corrections: await readCorrectionsOf(transaction, record),
  findingCorrections: await readFindingCorrections(transaction, [record]),
  overrides: (await readOverridesOf(transaction, record)).filter(
    (override) => override.seat === record.seat && overrideState(override) === 'in-force',
  ),
  accesses: await readAccessesOf(transaction, record, mostAccesses),
  held: await heldUntil(transaction, context.reference.current(), record),
})

const heldFields = async (
  { identity }: ServerContext,
  record: StoredRecord,
  inFull: Showing['inFull'],
): Promise<HeldField[]> => {
  const fields: HeldField[] = []
  for (const field of identityFields) {
    const opened = await openField(identity.sealer, record, field)
    if (opened.is === 'text')
      fields.push({
        field,
        masked: maskField(field, opened.text),
        ...(inFull(field) ? { text: opened.text } : {}),
      })
  }
  return fields
}

const seenBy = (
  { identity }: ServerContext,
  accesses: RecordRows['accesses'],
  reasons: boolean,
): Promise<SeenBy[]> =>
  Promise.all(
    accesses.map(async (access) => ({
      at: access.at.toISOString(),
      role: access.role as Role,
      purpose: access.purpose as SeenBy['purpose'],
      way: access.via as SeenBy['way'],
      fields: access.fields.filter((field): field is IdentityField =>
        identityFields.some((each) => each === field),
      ),
      reason: reasons ? await openReason(identity.sealer, access) : null,
    })),
  )

type Stated = Pick<PersonRecord, 'readings' | 'symptoms' | 'exposures'>

const symptomName = (ruleSet: RuleSet | undefined, code: string): Bilingual => ({
  ...(ruleSet?.symptoms.find((symptom) => symptom.code === code)?.name ?? { zh: code, en: code }),
})

const exposureLine = (
  { areaCode, leftOn, evidence }: StoredRecord['exposures'][number],
  ruleSet: RuleSet | undefined,
): Stated['exposures'][number] => ({ area: areaNamesIn(ruleSet, areaCode), leftOn, evidence })

const readingLine = ({
  at,
  method,
  temperatureCelsius,
}: StoredRecord['readings'][number]): Stated['readings'][number] => ({
  at,
  method,
  temperatureCelsius: temperatureCelsius ?? null,
})

/** One correction of what was stated and found, in the words of the rules of that hour. */
const putRight = (
  { madeAt, ground, after }: FindingCorrection,
  ruleSet: RuleSet | undefined,
): PersonRecord['findingCorrections'][number] => ({
  at: madeAt.toISOString(),
  ground: ground as PersonRecord['findingCorrections'][number]['ground'],
  ...(after.origin === undefined ? {} : { origin: areaNames(after.origin.code) }),
  ...(after.readings === undefined ? {} : { readings: after.readings.map(readingLine) }),
  ...(after.symptoms === undefined
    ? {}
    : { symptoms: after.symptoms.map((code) => symptomName(ruleSet, code)) }),
  ...(after.exposures === undefined
    ? {}
    : { exposures: after.exposures.map((each) => exposureLine(each, ruleSet)) }),
  ...(after.contactWithCase === undefined ? {} : { contactWithCase: after.contactWithCase }),
})

/** What was stated and found, with the words of the rules of that hour. */
const findings = (
  record: StoredRecord,
  {
    overrides,
    ruleSet,
    today,
  }: { overrides: RecordRows['overrides']; ruleSet: RuleSet | undefined; today: string },
) => {
  const disposition = record.disposition as Disposition
  const standing = (overrides.at(-1)?.disposition ?? disposition) as Disposition
  return {
    exposures: record.exposures.map((each) => exposureLine(each, ruleSet)),
    contactWithCase: record.contactWithCase,
    readings: record.readings.map(readingLine),
    symptoms: record.symptoms.map((code) => symptomName(ruleSet, code)),
    listed: record.listed.map(({ reason, confirmed }) => ({ reason, confirmed })),
    disposition,
    reasons: record.ruleIds.flatMap((id) => {
      const reason = ruleSet?.rules.find((rule) => rule.id === id)?.reason
      return reason === undefined ? [] : [{ id, reason: { ...reason } }]
    }),
    rulesVersion: record.rulesVersion,
    overrides: overrides.map((override) => ({
      at: override.madeAt.toISOString(),
      disposition: override.disposition as Disposition,
      ground: override.ground as PersonRecord['overrides'][number]['ground'],
    })),
    quarantine:
      ruleSet === undefined ? null : quarantineDays({ ...record, disposition: standing }, ruleSet, today),
  }
}

/** A record as its page shows it. */
export const showRecord = async (
  context: ServerContext,
  { record, corrections, findingCorrections, overrides, accesses, held }: RecordRows,
  { inFull, reasons }: Showing,
): Promise<PersonRecord> => {
  const data = context.reference.current()
  const jurisdiction = data.jurisdiction(record.jurisdiction)
  const today = daySlotOf(jurisdiction?.timeZone ?? 'UTC', context.now()).day
  const ruleSet = data
    .response(record.responseId)
    ?.ruleSets.find(({ version }) => version === record.rulesVersion)
  return {
    slipCode: formatSlipCode(slipCodeOf(record.screeningId, record.seat)),
    at: record.occurredAt.toISOString(),
    day: record.day,
    post: { ...(data.post(record.postId)?.name ?? unnamed) },
    district: { ...(jurisdiction?.name ?? unnamed) },
    lane: record.lane,
    seatLabel: record.seatLabel,
    conveyanceKind: record.conveyanceKind as PersonRecord['conveyanceKind'],
    documentKind: record.documentKind as PersonRecord['documentKind'],
    fields: await heldFields(context, record, inFull),
    corrections: await showCorrections(context.identity.sealer, corrections, inFull),
    origin: areaNames(record.originCode),
    originEvidence: record.originEvidence as PersonRecord['originEvidence'],
    findingCorrections: findingCorrections.map((each) => putRight(each, ruleSet)),
    ...findings(record, { overrides, ruleSet, today }),
    identityHeld: held('identity'),
    findingsHeld: held('health'),
    seenBy: await seenBy(context, accesses, reasons),
  }
}
