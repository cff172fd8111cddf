import type { ExportRecord } from '@guankou/db/queries/exports/exports.ts'
import type { IdentitySealer } from '#src/identity/identity-sealer.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'

const placeOf = (id: string, what: 'reason' | 'organisation' | 'key'): string => `export|${id}|${what}`

type Owner = { readonly jurisdiction: number; readonly day: string; readonly id: string }

/** What a requester wrote, and the key from which the references of the rows come, sealed under the day of the request. */
export const sealStated = async (
  sealer: IdentitySealer,
  owner: Owner,
  stated: { readonly reason: string; readonly organisation: string; readonly key: Buffer },
) => ({
  reason_sealed: await sealer.sealText(owner, placeOf(owner.id, 'reason'), stated.reason),
  recipient_sealed: await sealer.sealText(owner, placeOf(owner.id, 'organisation'), stated.organisation),
  key_sealed: await sealer.sealText(owner, placeOf(owner.id, 'key'), stated.key.toString('base64')),
})

const openOne = (
  sealer: IdentitySealer,
  record: ExportRecord,
  what: 'reason' | 'organisation' | 'key',
  envelope: Buffer | null,
): Promise<string | null> =>
  envelope === null
    ? Promise.resolve(null)
    : unlessDestroyed(sealer.open(record, placeOf(record.id, what), envelope))

/** Reason and organisation as they were written; null where their key is destroyed. */
export const openStated = async (
  sealer: IdentitySealer,
  record: ExportRecord,
): Promise<{ readonly reason: string; readonly organisation: string } | null> => {
  const reason = await openOne(sealer, record, 'reason', record.reason_sealed)
  const organisation = await openOne(sealer, record, 'organisation', record.recipient_sealed)
  return reason === null || organisation === null ? null : { reason, organisation }
}

/** The key of a list’s references; null once the list is gone. */
export const openRefKey = async (sealer: IdentitySealer, record: ExportRecord): Promise<Buffer | null> => {
  const text = await openOne(sealer, record, 'key', record.key_sealed)
  return text === null ? null : Buffer.from(text, 'base64')
}
