import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import type { listPaperForms as declared, readPaperBacklog } from '@guankou/contract/paper/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readAccountNames } from '@guankou/db/queries/identity-access/read-accesses.ts'
import { readBacklog, readForms } from '@guankou/db/queries/paper/forms.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { jurisdictionsOf } from '#src/use-cases/identity/look-up-person.ts'
import { findAlike } from '#src/use-cases/paper/find-alike.ts'
import { type PaperDay, paperDayOf } from '#src/use-cases/paper/paper-place.ts'
import { openForm } from '#src/use-cases/paper/sealed-form.ts'
import { showForm } from '#src/use-cases/paper/show-form.ts'

type Answer = OutputOf<typeof declared>

const responseOf = ({ rules }: PaperDay): Answer['response'] =>
  rules === undefined
    ? null
    : {
        id: rules.responseId,
        name: rules.responseName,
        rulesVersion: rules.ruleSet.version,
        feverThresholdCelsius: rules.ruleSet.feverThresholdCelsius,
        exposureWindowDays: rules.ruleSet.exposureWindowDays,
        symptoms: rules.ruleSet.symptoms.map(({ code, name }) => ({ code, name })),
      }

/** Forms of a post and day with what they lack and what they may be; what names somebody covered. */
export const listForms = async (
  context: ServerContext,
  actor: Actor,
  { jurisdiction, post, day }: QueryOf<typeof declared>,
): Promise<Result<Answer>> => {
  const found = paperDayOf(context, { jurisdiction, postId: post, day })
  if (!found.ok) return found
  const place = found.value
  return inArea(context.db, actor.areaCode, async (transaction) => {
    const forms = await Promise.all(
      (await readForms(transaction, place)).map(async (stored) => ({
        stored,
        form: await openForm(context, stored),
      })),
    )
    const alike = await findAlike(context, transaction, place, forms)
    const names = await readAccountNames(
      transaction,
      forms.map(({ stored }) => stored.kept_by),
    )
    const nowMs = context.now()
    const detail = `post ${post}, ${day}, ${forms.length} forms`
    const act = { action: 'paper.forms', subject: String(jurisdiction), outcome: 'done', detail }
    await auditIdentity(transaction, actor, act, nowMs)
    return done({
      timeZone: place.timeZone,
      response: responseOf(place),
      forms: forms.map((each) =>
        showForm(each, { place, names, alike: alike.get(each.stored.id) ?? [], nowMs }),
      ),
    })
  })
}

const mostLines = 200

/** Posts and days with forms, those that wait first. */
export const paperBacklog = (
  context: ServerContext,
  actor: Actor,
): Promise<Result<OutputOf<typeof readPaperBacklog>>> =>
  inArea(context.db, actor.areaCode, async (transaction) =>
    done({ lines: await readBacklog(transaction, jurisdictionsOf(context, actor.areaCode), mostLines) }),
  )
