import type { PhonePolicy } from '@guankou/contract/access/phone-policy.ts'
import type { Kysely } from 'kysely'
import { readInstallation } from '#src/queries/places/places.ts'
import type { Tables } from '#src/rows/tables.ts'

const strict: PhonePolicy = {
  enrolment: 'by-code',
  pin: 'required',
  mostPinTries: 10,
  lockAfterMinutes: 10,
}

/** So that whoever tries the demo city is at the lane at once. */
const relaxed: PhonePolicy = { ...strict, enrolment: 'on-the-spot', pin: 'skippable' }

/** What the installation asks of its phones: as it was set, otherwise relaxed for the demo city and strict for any other. */
export const readPhonePolicy = async (query: Kysely<Tables>): Promise<PhonePolicy> => {
  const row = await query.selectFrom('phone_policy').selectAll().executeTakeFirst()
  if (row === undefined) return (await readInstallation(query))?.demo === true ? relaxed : strict
  return {
    enrolment: row.enrolment as PhonePolicy['enrolment'],
    pin: row.pin as PhonePolicy['pin'],
    mostPinTries: row.most_pin_tries,
    lockAfterMinutes: row.lock_after_minutes,
  }
}

/** Sets what the installation asks of its phones. */
export const writePhonePolicy = async (query: Kysely<Tables>, policy: PhonePolicy): Promise<void> => {
  const values = {
    enrolment: policy.enrolment,
    pin: policy.pin,
    most_pin_tries: policy.mostPinTries,
    lock_after_minutes: policy.lockAfterMinutes,
  }
  await query
    .insertInto('phone_policy')
    .values({ only_row: true, ...values })
    .onConflict((conflict) => conflict.column('only_row').doUpdateSet(values))
    .execute()
}
