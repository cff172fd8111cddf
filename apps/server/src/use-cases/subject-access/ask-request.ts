import type { BodyOf } from '@guankou/contract/endpoint.ts'
import type { askRequest } from '@guankou/contract/subject-access/endpoints.ts'
import { mostOpenRequests, type RequestView } from '@guankou/contract/subject-access/requests.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { findRecord, type StoredRecord } from '@guankou/db/queries/subject-access/records.ts'
import {
  insertSubjectRequest,
  lockRequestsOf,
  type NewSubjectRequest,
  readRequestsOf,
} from '@guankou/db/queries/subject-access/requests.ts'
import { dueOn } from '@guankou/domain/subject-access/due.ts'
import { v7 } from 'uuid'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { keyOwnerOf } from '#src/use-cases/identity/look-up-person.ts'
import { heldUntil } from '#src/use-cases/subject-access/held-until.ts'
import { cityOf } from '#src/use-cases/subject-access/open-page.ts'
import { requestPlace, showRequest, subjectPolicy } from '#src/use-cases/subject-access/show-request.ts'
import { personIn, personOfPass } from '#src/use-cases/subject-access/subject-session.ts'

type Asked = Omit<NewSubjectRequest, 'dueOn'>

/** The day until which it is answered: by the clock of the installation, and before what it is about is gone. */
const dueDay = async (
  { reference }: ServerContext,
  transaction: AreaTransaction,
  record: StoredRecord,
  askedDay: string,
): Promise<string> => {
  const { answerDays } = await subjectPolicy(transaction)
  const held = (await heldUntil(transaction, reference.current(), record))('identity')
  return dueOn(askedDay, answerDays, held.is === 'held' ? held.on : null)
}

/** Writes a request and its audit, unless too many of the person's wait already. */
const write = (
  context: ServerContext,
  transaction: AreaTransaction,
  record: StoredRecord,
  asked: Asked,
): Promise<Result<NewSubjectRequest>> =>
  (async () => {
    await lockRequestsOf(transaction, asked)
    const open = (await readRequestsOf(transaction, asked)).filter(({ answeredAt }) => answeredAt === null)
    if (open.length >= mostOpenRequests) return refused('REQUEST_LIMIT_REACHED')
    const request = { ...asked, dueOn: await dueDay(context, transaction, record, asked.askedDay) }
    await insertSubjectRequest(transaction, request)
    const act = {
      action: 'subject-access.ask',
      subject: asked.id,
      outcome: 'done',
      detail: asked.field === null ? asked.kind : `${asked.kind} of ${asked.field}`,
    }
    await auditIdentity(transaction, personIn(asked.jurisdiction), act, asked.askedAt.getTime())
    return done(request)
  })()

/** Records what a person asks for; its text is sealed under the key of the day on which it is asked. */
export const ask = async (
  context: ServerContext,
  { pass, kind, field, text }: BodyOf<typeof askRequest>,
): Promise<Result<RequestView>> => {
  if (!text.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/text')
  if (text.trim() === '') return refused('INVALID_INPUT', '/text')
  if ((field === undefined) === (kind === 'correction')) return refused('INVALID_INPUT', '/field')
  const person = await personOfPass(context, pass)
  if (person === undefined) return refused('SUBJECT_PAGE_ENDED')
  const { sealer } = context.identity
  const askedAt = new Date(context.now())
  const id = v7({ msecs: askedAt.getTime() })
  const owner = keyOwnerOf(context, person.jurisdiction)
  const textSealed = await sealer.sealText(owner, requestPlace(id), text.trim())
  const written = await inArea(
    context.db,
    cityOf(context),
    async (transaction): Promise<Result<NewSubjectRequest>> => {
      const record = await findRecord(transaction, person)
      if (record === undefined) return refused('SUBJECT_PAGE_ENDED')
      const { jurisdiction, occurredAt, screeningId, seat } = record
      return write(context, transaction, record, {
        jurisdiction,
        occurredAt,
        screeningId,
        seat,
        id,
        askedAt,
        askedDay: owner.day,
        screeningDay: record.day,
        kind,
        field: field ?? null,
        textSealed,
      })
    },
  )
  if (!written.ok) return written
  const unanswered = {
    holder: null,
    lastNumber: 0,
    answeredAt: null,
    answerDay: null,
    outcome: null,
    answerSealed: null,
  }
  return done(await showRequest(sealer, { ...written.value, ...unanswered }))
}
