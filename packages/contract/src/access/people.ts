import { accountRoles } from '../roles.ts'

/** Roles of people: they have passwords and passkeys, whereas a service has keys. */
export const peopleRoles = accountRoles.filter((role) => role !== 'service-account')
