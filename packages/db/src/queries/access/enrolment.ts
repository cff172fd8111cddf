import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** How a sign-in that names a device may go on. */
export type EnrolledOnTheSpot = 'enrolled' | 'revoked' | 'not-enrolled'

const nothingSaidYet = {
  last_seen_at: null,
  clock_skew_seconds: null,
  queued: null,
  rejected: null,
  unreadable: null,
  revoked_at: null,
  revoked_by: null,
  revocation_reason: null,
  wipe_requested_at: null,
  wiped_at: null,
} as const

/**
 * Finds the device that a sign-in names, or enrols it where the installation lets phones enrol on the spot.
 * A device that was enrolled with a code keeps the name it was given then.
 */
export const enrolOnTheSpot = async (
  query: Query,
  device: { readonly id: string; readonly label: string; readonly areaCode: number; readonly now: Date },
  mayEnrol: boolean,
): Promise<EnrolledOnTheSpot> => {
  const known = await query
    .selectFrom('devices')
    .select(['revoked_at', 'enrolled_how', 'public_key'])
    .where('id', '=', device.id)
    .executeTakeFirst()
  if (known === undefined && !mayEnrol) return 'not-enrolled'
  if (known !== undefined && known.enrolled_how === 'by-code')
    return known.revoked_at === null ? 'enrolled' : 'revoked'
  const row = await query
    .insertInto('devices')
    .values({
      id: device.id,
      label: device.label,
      area_code: device.areaCode,
      enrolled_at: device.now,
      enrolled_how: 'on-the-spot',
      public_key: null,
      ...nothingSaidYet,
    })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({ label: eb.ref('excluded.label') })),
    )
    .returning('revoked_at')
    .executeTakeFirstOrThrow()
  return row.revoked_at === null ? 'enrolled' : 'revoked'
}

export const insertEnrolmentCode = async (
  query: Query,
  code: {
    readonly digest: Buffer
    readonly areaCode: number
    readonly label: string
    readonly createdBy: string
    readonly createdAt: Date
    readonly expiresAt: Date
  },
): Promise<void> => {
  await query
    .insertInto('enrolment_codes')
    .values({
      code_digest: code.digest,
      area_code: code.areaCode,
      label: code.label,
      created_by: code.createdBy,
      created_at: code.createdAt,
      expires_at: code.expiresAt,
      spent_at: null,
      device_id: null,
    })
    .execute()
}

export type SpentCode = { readonly label: string; readonly areaCode: number; readonly createdBy: string }

/** Spends a code: of any number of simultaneous tries one alone succeeds. */
export const spendEnrolmentCode = async (
  query: Query,
  digest: Buffer,
  now: Date,
): Promise<SpentCode | undefined> => {
  const row = await query
    .updateTable('enrolment_codes')
    .set({ spent_at: now })
    .where('code_digest', '=', digest)
    .where('spent_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['label', 'area_code', 'created_by'])
    .executeTakeFirst()
  return row && { label: row.label, areaCode: row.area_code, createdBy: row.created_by }
}

/** Makes the device of a spent code, or gives an earlier one of the same key its new place and name. */
export const enrolByCode = async (
  query: Query,
  device: {
    readonly id: string
    readonly codeDigest: Buffer
    readonly publicKey: Buffer
    readonly label: string
    readonly areaCode: number
    readonly now: Date
  },
): Promise<void> => {
  const place = {
    label: device.label,
    area_code: device.areaCode,
    enrolled_at: device.now,
    enrolled_how: 'by-code',
    public_key: device.publicKey,
  }
  await query
    .insertInto('devices')
    .values({ id: device.id, ...place, ...nothingSaidYet })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(place))
    .execute()
  await query
    .updateTable('enrolment_codes')
    .set({ device_id: device.id })
    .where('code_digest', '=', device.codeDigest)
    .execute()
}

/** Registers the key of a device that has none. @returns whether it is registered now */
export const registerKey = async (query: Query, deviceId: string, publicKey: Buffer): Promise<boolean> => {
  const changed = await query
    .updateTable('devices')
    .set({ public_key: publicKey })
    .where('id', '=', deviceId)
    .where('public_key', 'is', null)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}
