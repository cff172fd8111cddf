import { communityRoles, type Role } from '@guankou/contract/roles.ts'

const fieldRoles: readonly Role[] = ['inspector', 'transport-crew', 'clinic-staff', ...communityRoles]

/** The front that a role works with, and a sign-in link opens. */
export const frontOfRole = (role: Role): 'field' | 'console' =>
  fieldRoles.includes(role) ? 'field' : 'console'
