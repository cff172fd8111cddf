import type { BodyOf } from '@guankou/contract/endpoint.ts'
import type { LookUpPurpose } from '@guankou/contract/identity/purposes.ts'
import type { Role } from '@guankou/contract/roles.ts'
import type {
  handOnRequest,
  RequestFile,
  RequestInbox,
  RequestLine,
} from '@guankou/contract/subject-access/desk-endpoints.ts'
import { decidersOf, type RequestKind } from '@guankou/contract/subject-access/requests.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { insertIdentityAccesses } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { findRecord, type StoredRecord } from '@guankou/db/queries/subject-access/records.ts'
import {
  findRequest,
  insertStep,
  readRequests,
  readSteps,
  type SubjectRequest,
  type SubjectRequestStep,
} from '@guankou/db/queries/subject-access/requests.ts'
import { daysBetween } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { keyOwnerOf } from '#src/use-cases/identity/look-up-person.ts'
import { sealAccess } from '#src/use-cases/identity/seal-access.ts'
import { readRecordRows, showRecord } from '#src/use-cases/subject-access/person-record.ts'
import { holderOf, showRequest, stateOf, stepPlace } from '#src/use-cases/subject-access/show-request.ts'

const answeredShown = 50
const officer: Role = 'data-protection-officer'

const deciders = ({ kind }: SubjectRequest): readonly Role[] => decidersOf[kind as RequestKind]

/** Who holds it may work on it; the data-protection officer may look at any, and keeps the due dates. */
const maySee = (role: Role, request: SubjectRequest): boolean =>
  role === officer || holderOf(request) === role

const mayAnswer = (role: Role, request: SubjectRequest): boolean =>
  request.answeredAt === null && deciders(request).includes(role) && maySee(role, request)

const lineOf = (context: ServerContext, actor: Actor, request: SubjectRequest): RequestLine => {
  const jurisdiction = context.reference.current().jurisdiction(request.jurisdiction)
  const { day } = keyOwnerOf(context, request.jurisdiction)
  return {
    id: request.id,
    kind: request.kind as RequestLine['kind'],
    field: request.field as RequestLine['field'],
    askedAt: request.askedAt.toISOString(),
    dueOn: request.dueOn,
    daysLeft: daysBetween(day, request.dueOn),
    state: stateOf(request),
    holder: holderOf(request),
    outcome: request.outcome as RequestLine['outcome'],
    screenedOn: request.screeningDay,
    district: { ...(jurisdiction?.name ?? { zh: '—', en: '—' }) },
    mayAnswer: mayAnswer(actor.role, request),
  }
}

/** Requests for a role in its area, by due date, then those that were answered lately. */
export const readInbox = async (context: ServerContext, actor: Actor): Promise<Result<RequestInbox>> => {
  const all = await inArea(context.db, actor.areaCode, (transaction) =>
    readRequests(transaction, answeredShown),
  )
  const requests = all
    .filter((request) => maySee(actor.role, request))
    .map((request) => lineOf(context, actor, request))
  const open = requests.filter(({ state }) => state !== 'answered')
  return done({
    requests,
    waitingForMe: open.filter(({ holder }) => holder === actor.role).length,
    overdue: open.filter(({ daysLeft }) => daysLeft < 0).length,
  })
}

/** A request that the role may see, or the refusal. */
export const requestFor = async (
  transaction: AreaTransaction,
  actor: Actor,
  id: string,
): Promise<Result<SubjectRequest>> => {
  const request = await findRequest(transaction, id)
  if (request === undefined) return refused('UNKNOWN_REQUEST')
  return maySee(actor.role, request) ? done(request) : refused('REQUEST_NOT_YOURS')
}

/** The same, where the role may decide on it and nobody has. */
export const requestToAnswer = async (
  transaction: AreaTransaction,
  actor: Actor,
  id: string,
): Promise<Result<SubjectRequest>> => {
  const found = await requestFor(transaction, actor, id)
  if (!found.ok) return found
  if (found.value.answeredAt !== null) return refused('REQUEST_ALREADY_ANSWERED')
  return mayAnswer(actor.role, found.value) ? found : refused('REQUEST_NOT_YOURS')
}

type Step = Pick<SubjectRequestStep, 'step' | 'toRole' | 'outcome'> & { readonly text: string | null }

/** The next step of a request, its text sealed under the key of today. */
export const sealStep = async (
  context: ServerContext,
  actor: Actor,
  request: SubjectRequest,
  { text, ...step }: Step,
): Promise<SubjectRequestStep> => {
  const owner = keyOwnerOf(context, request.jurisdiction)
  const number = request.lastNumber + 1
  return {
    ...step,
    jurisdiction: request.jurisdiction,
    requestId: request.id,
    number,
    at: new Date(context.now()),
    day: owner.day,
    accountId: actor.accountId,
    role: actor.role,
    textSealed:
      text === null
        ? null
        : await context.identity.sealer.sealText(owner, stepPlace(request.id, number), text),
  }
}

/** Writes where the person sees it that somebody opened what is held of them to answer a request. */
const writeOpening = async (
  context: ServerContext,
  transaction: AreaTransaction,
  actor: Actor,
  { request, record }: { readonly request: SubjectRequest; readonly record: StoredRecord | undefined },
): Promise<void> => {
  const at = new Date(context.now())
  const purpose: LookUpPurpose = request.kind === 'correction' ? 'correction-request' : 'subject-request'
  if (record !== undefined) {
    const { jurisdiction, occurredAt, screeningId, seat, day } = record
    const access = await sealAccess(context.identity.sealer, {
      jurisdiction,
      occurredAt,
      screeningId,
      seat,
      day,
      at,
      accountId: actor.accountId,
      role: actor.role,
      purpose,
      reason: null,
      fields: (['name', 'document', 'phone', 'plate'] as const).filter((field) => record[field] !== null),
      via: 'subject-request',
      exportId: null,
    })
    await insertIdentityAccesses(transaction, [access])
  }
  const act = {
    action: 'subject-access.open-request',
    subject: request.id,
    outcome: 'done',
    detail: `${request.kind}, ${purpose}`,
  }
  await auditIdentity(transaction, actor, act, at.getTime())
}

/** Opens a request: its text, what is held under its mask but for the field in question, and its course. */
export const openRequestFile = async (
  context: ServerContext,
  actor: Actor,
  id: string,
): Promise<Result<RequestFile>> => {
  const opened = await inArea(context.db, actor.areaCode, async (transaction) => {
    const found = await requestFor(transaction, actor, id)
    if (!found.ok) return found
    let request = found.value
    const record = await findRecord(transaction, request)
    await writeOpening(context, transaction, actor, { request, record })
    if (request.lastNumber === 0) {
      const opening: Step = { step: 'opened', toRole: null, outcome: null, text: null }
      await insertStep(transaction, await sealStep(context, actor, request, opening))
      request = (await findRequest(transaction, id)) ?? request
    }
    const rows = record && (await readRecordRows(context, transaction, record))
    return done({ request, rows, steps: await readSteps(transaction, id) })
  })
  if (!opened.ok) return opened
  const { request, rows, steps } = opened.value
  const showing = { inFull: (field: string) => field === request.field, reasons: actor.role === officer }
  const others = deciders(request).filter((role) => role !== holderOf(request))
  return done({
    line: lineOf(context, actor, request),
    request: await showRequest(context.identity.sealer, request),
    record: rows === undefined ? null : await showRecord(context, rows, showing),
    timeZone: context.reference.current().jurisdiction(request.jurisdiction)?.timeZone ?? 'UTC',
    steps: steps.map(({ at, step, role, toRole }) => ({
      at: at.toISOString(),
      step: step as RequestFile['steps'][number]['step'],
      role: role as Role,
      to: toRole as Role | null,
    })),
    others: request.answeredAt === null ? [...others] : [],
  })
}

/** Gives the turn to another role that may decide on a request of this kind. */
export const handOn = async (
  context: ServerContext,
  actor: Actor,
  { id, to, note }: BodyOf<typeof handOnRequest>,
): Promise<Result<{ handedOn: boolean }>> => {
  if (!note.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/note')
  return inArea(context.db, actor.areaCode, async (transaction) => {
    const found = await requestFor(transaction, actor, id)
    if (!found.ok) return found
    const request = found.value
    if (request.answeredAt !== null) return refused('REQUEST_ALREADY_ANSWERED')
    if (!deciders(request).includes(to) || holderOf(request) === to)
      return refused('REQUEST_NOT_YOURS', '/to')
    const step = await sealStep(context, actor, request, {
      step: 'handed-on',
      toRole: to,
      outcome: null,
      text: note.trim(),
    })
    if (!(await insertStep(transaction, step))) return refused('REQUEST_ALREADY_ANSWERED')
    const act = { action: 'subject-access.hand-on', subject: id, outcome: 'done', detail: `to ${to}` }
    await auditIdentity(transaction, actor, act, context.now())
    return done({ handedOn: true })
  })
}
