import { defaultRetentionDays } from '@guankou/contract/retention/policy.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readRetentionPolicies } from '@guankou/db/queries/retention/policies.ts'
import { findBySlip } from '@guankou/db/queries/subject-access/find-by-slip.ts'
import { findRecord, type StoredRecord } from '@guankou/db/queries/subject-access/records.ts'
import { type Proof, proofOf, tailOf } from '@guankou/domain/subject-access/proof.ts'
import { type SlipCode, slipDays } from '@guankou/domain/subject-access/slip-code.ts'
import type { ServerContext } from '#src/context.ts'
import { keyOwnerOf } from '#src/use-cases/identity/look-up-person.ts'
import { openField } from '#src/use-cases/identity/show-person.ts'

/** A traveller whom a code can be of, and what opens their page besides. */
export type Candidate = { readonly record: StoredRecord; readonly proof: Proof }

const nobodyAtAll = '00000000-0000-7000-8000-000000000000'

const proofIn = async ({ identity }: ServerContext, record: StoredRecord): Promise<Proof> => {
  const [document, phone] = await Promise.all(
    (['document', 'phone'] as const).map((field) => openField(identity.sealer, record, field)),
  )
  return proofOf({
    ...(document?.is === 'text' ? { document: document.text } : {}),
    ...(phone?.is === 'text' ? { phone: phone.text } : {}),
  })
}

/** Does what a candidate costs, for nobody: a code that was never given out takes as long as one that was. */
const proofOfNobody = async (context: ServerContext, areaCode: number): Promise<void> => {
  const { sealer } = context.identity
  const owner = keyOwnerOf(context, areaCode)
  await Promise.all(['document', 'phone'].map((field) => sealer.sealText(owner, `nobody|${field}`, '0000')))
}

/** Travellers whom a code can be of: one, none, and very rarely two. @param areaCode  what the reader may see */
export const candidatesOf = async (
  context: ServerContext,
  code: SlipCode,
  areaCode: number,
): Promise<readonly Candidate[]> => {
  const { db, now } = context
  const policies = await readRetentionPolicies(db.query)
  const kept = Math.max(defaultRetentionDays.healthDays, ...policies.map(({ healthDays }) => healthDays))
  const days = slipDays(code, now(), kept)
  const found = await findBySlip(db.query, { days, randomBits: code.randomBits, seat: code.seat })
  const nobody = {
    jurisdiction: areaCode,
    occurredAt: new Date(now()),
    screeningId: nobodyAtAll,
    seat: code.seat,
  }
  const records = await inArea(db, areaCode, async (transaction) => {
    const read = []
    for (const person of found.length === 0 ? [nobody] : found) {
      const record = await findRecord(transaction, person)
      if (record !== undefined) read.push(record)
    }
    return read
  })
  if (records.length === 0) await proofOfNobody(context, areaCode)
  return Promise.all(records.map(async (record) => ({ record, proof: await proofIn(context, record) })))
}

/**
 * The one of the candidates whose number ends as typed.
 * @returns undefined where none does, and where two do: then a desk has to look who it is
 */
export const withTail = (
  { subjects }: ServerContext,
  candidates: readonly Candidate[],
  typed: string,
): StoredRecord | undefined => {
  const tail = tailOf(typed) ?? ''
  const same = candidates.filter(({ proof }) =>
    subjects.guard.isSame(tail, proof.is === 'tail' ? proof.tail : 'no tail'),
  )
  return same.length === 1 ? same[0]?.record : undefined
}
