import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import { errors, type Refusal } from '@guankou/contract/errors.ts'
import type { recordPaperForms as declared, PaperOutcome } from '@guankou/contract/paper/endpoints.ts'
import type { PaperForm } from '@guankou/contract/paper/form.ts'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { findForm, readForms, type StoredForm, updateForm } from '@guankou/db/queries/paper/forms.ts'
import { paperCommand, paperProblemsOf } from '@guankou/domain/paper/read-form.ts'
import { decideScreening } from '@guankou/domain/screening/decide.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { findAlike } from '#src/use-cases/paper/find-alike.ts'
import { paperDayOf } from '#src/use-cases/paper/paper-place.ts'
import { openForm } from '#src/use-cases/paper/sealed-form.ts'

type Input = BodyOf<typeof declared>
type Asked = Input['forms'][number] & { readonly jurisdiction: number }

/** A form that can be recorded now, or what is answered instead. */
type Ready =
  | { readonly is: 'ready'; readonly stored: StoredForm; readonly command: RecordScreening }
  | { readonly is: 'refused'; readonly stored: StoredForm; readonly refusal: Refusal }
  | { readonly is: 'answer'; readonly outcome: PaperOutcome['outcome'] }

const answer = (outcome: PaperOutcome['outcome']): Ready => ({ is: 'answer', outcome })

const commandOf = (context: ServerContext, stored: StoredForm, form: PaperForm): Ready => {
  const place = paperDayOf(context, { ...stored, postId: Number(stored.post_id) })
  if (!place.ok) return { is: 'refused', stored, refusal: place.refusal }
  const { rules } = place.value
  if (rules === undefined)
    return { is: 'refused', stored, refusal: { code: 'OUTSIDE_COLLECTION', path: '/day' } }
  const { responseId, ruleSet } = rules
  const version = { responseId, rulesVersion: ruleSet.version }
  return { is: 'ready', stored, command: paperCommand(stored.id, form, place.value, version) }
}

const readyForm = (context: ServerContext, actor: Actor, asked: Asked): Promise<Ready> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    const stored = await findForm(transaction, asked.jurisdiction, asked.id)
    if (stored === undefined) return answer('unknown')
    if (stored.state === 'recorded') return answer('recorded')
    if (stored.revision !== asked.revision || stored.state === 'taken-back') return answer('changed')
    const form = await openForm(context, stored)
    if (form === null) return { is: 'refused', stored, refusal: { code: 'IDENTITY_DESTROYED' } }
    const place = paperDayOf(context, { ...stored, postId: Number(stored.post_id) })
    if (!place.ok) return { is: 'refused', stored, refusal: place.refusal }
    if (paperProblemsOf(form, place.value, context.now()).length > 0) return answer('waits')
    if (asked.isAnother !== true) {
      const others = await readForms(transaction, place.value)
      const opened = await Promise.all(
        others.map(async (each) => ({ stored: each, form: await openForm(context, each) })),
      )
      const alike = await findAlike(context, transaction, place.value, opened)
      if (alike.get(asked.id)?.some(({ near }) => near) === true) return answer('waits')
    }
    return commandOf(context, stored, form)
  })

/** Notes what became of a form. A refusal that may pass by itself changes nothing. */
const settle = (
  context: ServerContext,
  actor: Actor,
  stored: StoredForm,
  change: Partial<StoredForm>,
): Promise<void> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    const at = new Date(context.now())
    await updateForm(transaction, stored, { ...change, changed_at: at, changed_by: actor.accountId })
    const outcome = change.state ?? stored.state
    const detail = change.screening_id ?? change.refusal_code ?? null
    await auditIdentity(
      transaction,
      actor,
      { action: 'paper.record', subject: stored.id, outcome, detail },
      at.getTime(),
    )
  })

const reject = async (
  context: ServerContext,
  actor: Actor,
  stored: StoredForm,
  { code, path }: Refusal,
): Promise<Result<'rejected'>> => {
  await settle(context, actor, stored, { state: 'rejected', refusal_code: code, refusal_path: path ?? null })
  return done('rejected')
}

const recordOne = async (
  context: ServerContext,
  actor: Actor,
  asked: Asked,
): Promise<Result<PaperOutcome['outcome']>> => {
  const ready = await readyForm(context, actor, asked)
  if (ready.is === 'answer') return done(ready.outcome)
  const { stored } = ready
  if (ready.is === 'refused') return reject(context, actor, stored, ready.refusal)
  const { command } = ready
  const result = await context.recorder.record(actor, command, stored.id)
  if (!result.ok) {
    if (errors[result.refusal.code].retry !== 'never') return result
    return reject(context, actor, stored, result.refusal)
  }
  const decided = decideScreening(context.reference.current(), command, context.now())
  await settle(context, actor, stored, {
    state: 'recorded',
    form_sealed: null,
    refusal_code: null,
    refusal_path: null,
    screening_id: result.value.id,
    screening_at: new Date(command.occurredAt),
    disposition: decided.ok ? decided.fact.disposition : null,
  })
  return done('recorded')
}

/**
 * Records forms one after the other, so that two that were keyed of one sheet meet each other. What could not be stored
 * for now is answered as such, and those before it are recorded.
 */
export const recordForms = async (
  context: ServerContext,
  actor: Actor,
  { jurisdiction, forms }: Input,
): Promise<Result<OutputOf<typeof declared>>> => {
  const outcomes: PaperOutcome[] = []
  for (const asked of forms) {
    const outcome = await recordOne(context, actor, { ...asked, jurisdiction })
    if (!outcome.ok) return outcome
    outcomes.push({ id: asked.id, outcome: outcome.value })
  }
  return done({ outcomes })
}
