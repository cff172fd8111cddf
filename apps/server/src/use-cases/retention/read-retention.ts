import type {
  CollectionRenewal as RenewalView,
  ResponseRetention,
  RetentionHistory,
  RetentionPlan,
} from '@guankou/contract/retention/endpoints.ts'
import { defaultRetentionDays } from '@guankou/contract/retention/policy.ts'
import type { RenewalGround } from '@guankou/contract/retention/renewal.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { findCertificate, readCertificates } from '@guankou/db/queries/retention/certificates.ts'
import { readDestroyedDays } from '@guankou/db/queries/retention/days.ts'
import { readRetentionPolicies } from '@guankou/db/queries/retention/policies.ts'
import { type CollectionRenewal, readCollectionRenewals } from '@guankou/db/queries/retention/renewals.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'
import { certificateFile } from '#src/use-cases/retention/certificate.ts'
import { certificateText } from '#src/use-cases/retention/certificate-text.ts'
import { planRetention } from '#src/use-cases/retention/plan-retention.ts'

const daysShown = 400
const certificatesShown = 100

/** A renewal as anyone may see it. */
export const renewalView = (renewal: CollectionRenewal): RenewalView => ({
  previousUntil: renewal.previousUntil,
  collectionUntil: renewal.collectionUntil,
  ground: renewal.ground as RenewalGround,
  renewedAt: renewal.renewedAt.toISOString(),
  by: renewal.name,
  role: renewal.role as Role,
})

const readResponses = async ({ db, reference }: ServerContext): Promise<ResponseRetention[]> => {
  const policies = new Map((await readRetentionPolicies(db.query)).map((each) => [each.responseId, each]))
  const renewals = Map.groupBy(await readCollectionRenewals(db.query), (each) => each.responseId)
  return reference.current().responses.map((response) => {
    const policy = policies.get(response.id)
    const own = renewals.get(response.id) ?? []
    return {
      responseId: response.id,
      response: response.name,
      collectionFrom: response.collectionFrom,
      collectionUntil: response.collectionUntil,
      renewalVersion: own.at(-1)?.version ?? 0,
      renewals: own.map(renewalView),
      keeps: {
        identityDays: policy?.identityDays ?? defaultRetentionDays.identityDays,
        healthDays: policy?.healthDays ?? defaultRetentionDays.healthDays,
      },
      decided: policy === undefined ? null : { at: policy.decidedAt.toISOString(), by: policy.decidedBy },
    }
  })
}

/** What is kept in the actor's area, and until when. */
export const readRetentionPlan = async (context: ServerContext, actor: Actor): Promise<RetentionPlan> => {
  const { db, now, reference } = context
  const data = reference.current()
  const planned = await planRetention(db, data, now())
  const held = planned.filter(({ jurisdiction }) => mayActIn(actor, jurisdiction))
  const timeZone = data.jurisdiction(actor.areaCode)?.timeZone ?? 'UTC'
  return {
    today: daySlotOf(timeZone, now()).day,
    responses: await readResponses(context),
    held: held.slice(0, daysShown).map(({ jurisdiction, day, dataClass, destroyFrom, isDue }) => ({
      jurisdiction,
      day,
      dataClass,
      destroyFrom,
      isDue,
    })),
  }
}

/** What was destroyed in the actor's area, and the certificates that name it. */
export const readRetentionHistory = ({ db }: ServerContext, actor: Actor): Promise<RetentionHistory> =>
  inArea(db, actor.areaCode, async (tx) => ({
    destroyed: (await readDestroyedDays(tx, daysShown)).map((day) => ({
      jurisdiction: day.jurisdiction,
      day: day.day,
      dataClass: day.dataClass,
      destroyedAt: day.destroyedAt.toISOString(),
      vehicles: day.vehicles,
      travellers: day.travellers,
      fields: day.fields,
      certificateId: day.certificateId,
    })),
    certificates: (await readCertificates(tx, certificatesShown)).map(({ id, issuedAt, content }) => ({
      id,
      issuedAt: issuedAt.toISOString(),
      days: (JSON.parse(content) as { readonly days: readonly object[] }).days.length,
    })),
  }))

/** One certificate, to keep and to print. */
export const readRetentionCertificate = async (
  { db }: ServerContext,
  actor: Actor,
  id: string,
): Promise<Result<{ file: ReturnType<typeof certificateFile>; text: string }>> => {
  const found = await inArea(db, actor.areaCode, (tx) => findCertificate(tx, id))
  if (found === undefined) return refused('UNKNOWN_CERTIFICATE', '/id')
  return done({
    file: certificateFile(found),
    text: certificateText(JSON.parse(found.content), found.publicKey),
  })
}
