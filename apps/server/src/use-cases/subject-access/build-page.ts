import { mostRecords, type PersonPage } from '@guankou/contract/subject-access/person-page.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import type { PersonKey } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { type CallOfDocument, findCallsOfDocument } from '@guankou/db/queries/subject-access/calls.ts'
import {
  findRecord,
  findRecordsOfDocument,
  type StoredRecord,
} from '@guankou/db/queries/subject-access/records.ts'
import { readRequestsOf } from '@guankou/db/queries/subject-access/requests.ts'
import type { ServerContext } from '#src/context.ts'
import { openField } from '#src/use-cases/identity/show-person.ts'
import {
  type HouseholdOfPerson,
  householdsOfDocument,
} from '#src/use-cases/subject-access/find-households.ts'
import { readRecordRows, showRecord } from '#src/use-cases/subject-access/person-record.ts'
import { readCallRows, showCall } from '#src/use-cases/subject-access/show-call.ts'
import { readHouseholdRows, showHousehold } from '#src/use-cases/subject-access/show-household.ts'
import { showRequest, subjectPolicy } from '#src/use-cases/subject-access/show-request.ts'
import { openingsOf } from '#src/use-cases/subject-access/subject-session.ts'

const keyOf = ({ jurisdiction, screeningId, seat }: PersonKey): string =>
  `${jurisdiction}|${screeningId}|${seat}`

/** Digests of the person's document number; none where none was recorded: a phone may be a family's. */
const documentDigests = async (
  { identity }: ServerContext,
  record: StoredRecord,
): Promise<readonly Buffer[]> => {
  const document = await openField(identity.sealer, record, 'document')
  return document.is === 'text' ? identity.sealer.lookUpDigests(record.documentKind, document.text) : []
}

/** What is held of a person, before anything of it is shown. */
export type FoundOfPerson = {
  readonly records: readonly StoredRecord[]
  readonly more: boolean
  readonly households: readonly HouseholdOfPerson[]
  readonly calls: readonly CallOfDocument[]
}

/** Rows of lists that a page shows. */
const mostCalls = 50

/** Lists from elsewhere often do not say what kind of document a number is of. */
const callsOf = async (
  { db, identity }: ServerContext,
  record: StoredRecord,
  areaCode: number,
): Promise<readonly CallOfDocument[]> => {
  const document = await openField(identity.sealer, record, 'document')
  if (document.is !== 'text') return []
  const kinds = [...new Set([record.documentKind, 'other'])]
  const digests = await Promise.all(kinds.map((kind) => identity.sealer.lookUpDigests(kind, document.text)))
  return inArea(db, areaCode, (transaction) => findCallsOfDocument(transaction, digests.flat(), mostCalls))
}

/** The record of a person and the others of the same document, in the area of the reader. */
export const recordsOf = async (
  context: ServerContext,
  person: PersonKey,
  areaCode: number,
): Promise<FoundOfPerson | undefined> => {
  const own = await inArea(context.db, areaCode, (transaction) => findRecord(transaction, person))
  if (own === undefined) return undefined
  const { documentKind } = own
  const digests = await documentDigests(context, own)
  const same = await inArea(context.db, areaCode, (transaction) =>
    findRecordsOfDocument(transaction, { documentKind, digests }, mostRecords + 1),
  )
  const others = same.filter((each) => keyOf(each) !== keyOf(own))
  return {
    records: [own, ...others].slice(0, mostRecords),
    more: others.length >= mostRecords,
    households: await householdsOfDocument(context, areaCode, { documentKind, digests }),
    calls: await callsOf(context, own, areaCode),
  }
}

/**
 * The page of a person: everything of these records, in full.
 * @param write  what stands with the reading, in the same transaction
 */
export const buildPage = async (
  context: ServerContext,
  { records, more, households, calls }: FoundOfPerson,
  areaCode: number,
  write: (transaction: AreaTransaction) => Promise<void>,
): Promise<PersonPage> => {
  const { db, now, reference, identity } = context
  const read = await inArea(db, areaCode, async (transaction) => {
    await write(transaction)
    const rows = []
    const requests = []
    for (const record of records) {
      rows.push(await readRecordRows(context, transaction, record))
      requests.push(...(await readRequestsOf(transaction, record)))
    }
    const homes = []
    for (const household of households) homes.push(await readHouseholdRows(context, transaction, household))
    const lists = []
    for (const call of calls) lists.push(await readCallRows(transaction, call))
    return { rows, requests, homes, lists, policy: await subjectPolicy(transaction) }
  })
  const [own] = records
  const data = reference.current()
  const showing = { inFull: () => true, reasons: read.policy.showReasons }
  return {
    city: { ...(data.jurisdiction(areaCode)?.name ?? { zh: '—', en: '—' }) },
    timeZone: data.jurisdiction(own?.jurisdiction ?? areaCode)?.timeZone ?? 'UTC',
    asOf: new Date(now()).toISOString(),
    records: await Promise.all(read.rows.map((rows) => showRecord(context, rows, showing))),
    more,
    households: await Promise.all(read.homes.map((rows) => showHousehold(context, rows, showing))),
    calls: await Promise.all(read.lists.map((rows) => showCall(context, rows, showing))),
    openings: own === undefined ? [] : [...(await openingsOf(context, own))],
    requests: await Promise.all(read.requests.map((request) => showRequest(identity.sealer, request))),
    answerDays: read.policy.answerDays,
  }
}
