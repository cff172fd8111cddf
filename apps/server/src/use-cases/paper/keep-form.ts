import { isDeepStrictEqual } from 'node:util'
import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import { type keepPaperForm as declared, mostFormsOfDay } from '@guankou/contract/paper/endpoints.ts'
import type { PaperForm } from '@guankou/contract/paper/form.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { readAccountNames } from '@guankou/db/queries/identity-access/read-accesses.ts'
import {
  findForm,
  insertForm,
  lockBacklog,
  readForms,
  type StoredForm,
  updateForm,
} from '@guankou/db/queries/paper/forms.ts'
import { withKept } from '@guankou/domain/paper/read-form.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { findAlike } from '#src/use-cases/paper/find-alike.ts'
import { type PaperDay, paperDayOf } from '#src/use-cases/paper/paper-place.ts'
import { openForm, sealForm } from '#src/use-cases/paper/sealed-form.ts'
import { showForm } from '#src/use-cases/paper/show-form.ts'

type Input = BodyOf<typeof declared>
type Answer = OutputOf<typeof declared>

const textsOf = ({ conveyance, people }: PaperForm): readonly (string | undefined)[] => [
  conveyance.plate,
  conveyance.service?.number,
  ...people.flatMap(({ name, document, phone }) => [name, document.number, phone]),
]

const checkForm = ({ form }: Input, { post }: PaperDay): Result<void> => {
  if (textsOf(form).some((text) => text?.isWellFormed() === false))
    return refused('TEXT_NOT_WELL_FORMED', '/form')
  if (form.lane > post.lanes) return refused('UNKNOWN_LANE', '/form/lane')
  if (new Set(form.people.map(({ seat }) => seat)).size < form.people.length)
    return refused('INVALID_INPUT', '/form/people')
  return done(undefined)
}

const newForm = (
  { id, form }: Input,
  { jurisdiction, day, from, postId }: PaperDay,
  { sealed, at, accountId }: { readonly sealed: Buffer; readonly at: Date; readonly accountId: string },
): StoredForm => ({
  jurisdiction,
  occurred_at: from,
  id,
  day,
  post_id: postId,
  serial: form.serial ?? null,
  revision: 1,
  state: 'kept',
  form_sealed: sealed,
  kept_at: at,
  kept_by: accountId,
  changed_at: at,
  changed_by: accountId,
  refusal_code: null,
  refusal_path: null,
  screening_id: null,
  screening_at: null,
  disposition: null,
  ground: null,
})

type Kept = { readonly stored: StoredForm; readonly form: PaperForm }

const change = async (
  context: ServerContext,
  transaction: AreaTransaction,
  actor: Actor,
  { input, stored }: { readonly input: Input; readonly stored: StoredForm },
): Promise<Result<Kept>> => {
  const before = await openForm(context, stored)
  if (before === null) return refused(stored.form_sealed === null ? 'PAPER_FORM_ENDED' : 'IDENTITY_DESTROYED')
  const form = withKept(input.form, before)
  // The answer to what was sent may never have arrived.
  if (isDeepStrictEqual(form, before)) return done({ stored, form })
  if (stored.revision !== input.revision) return refused('PAPER_FORM_CHANGED', '/revision')
  const sealed = await sealForm(context, stored, form)
  if (sealed === null) return refused('IDENTITY_DESTROYED')
  const changed = {
    revision: stored.revision + 1,
    serial: form.serial ?? null,
    // What was rejected and mended waits again.
    state: 'kept',
    refusal_code: null,
    refusal_path: null,
    form_sealed: sealed,
    changed_at: new Date(context.now()),
    changed_by: actor.accountId,
  }
  await updateForm(transaction, stored, changed)
  return done({ stored: { ...stored, ...changed }, form })
}

const add = async (
  context: ServerContext,
  transaction: AreaTransaction,
  actor: Actor,
  { input, place }: { readonly input: Input; readonly place: PaperDay },
): Promise<Result<Kept>> => {
  if (place.rules === undefined) return refused('OUTSIDE_COLLECTION', '/day')
  await lockBacklog(transaction, place.jurisdiction, place.day)
  if ((await readForms(transaction, place)).length >= mostFormsOfDay) return refused('PAPER_BACKLOG_FULL')
  const form = withKept(input.form, undefined)
  const sealed = await sealForm(context, { ...place, id: input.id }, form)
  if (sealed === null) return refused('IDENTITY_DESTROYED')
  const at = new Date(context.now())
  const stored = newForm(input, place, { sealed, at, accountId: actor.accountId })
  await insertForm(transaction, stored)
  return done({ stored, form })
}

/** Keeps a form, new or changed, whatever it lacks. */
export const keepForm = async (
  context: ServerContext,
  actor: Actor,
  input: Input,
): Promise<Result<Answer>> => {
  const found = paperDayOf(context, input)
  if (!found.ok) return found
  const place = found.value
  const checked = checkForm(input, place)
  if (!checked.ok) return checked
  return inArea(context.db, actor.areaCode, async (transaction): Promise<Result<Answer>> => {
    const stored = await findForm(transaction, input.jurisdiction, input.id, true)
    if (stored !== undefined && (stored.day !== input.day || Number(stored.post_id) !== input.postId))
      return refused('PAPER_FORM_CHANGED', '/id')
    const kept =
      stored === undefined
        ? await add(context, transaction, actor, { input, place })
        : await change(context, transaction, actor, { input, stored })
    if (!kept.ok) return kept
    const others = await readForms(transaction, place)
    const all = await Promise.all(
      others.map(async (each) => ({ stored: each, form: await openForm(context, each) })),
    )
    const alike = (await findAlike(context, transaction, place, all)).get(input.id) ?? []
    const names = await readAccountNames(transaction, [kept.value.stored.kept_by])
    const nowMs = context.now()
    const detail = `post ${input.postId}, ${input.day}, revision ${kept.value.stored.revision}`
    const act = { action: 'paper.keep', subject: input.id, outcome: 'kept', detail }
    await auditIdentity(transaction, actor, act, nowMs)
    return done(showForm(kept.value, { place, names, alike, nowMs }))
  })
}
