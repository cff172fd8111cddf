import { communityRoles, type Role } from '@guankou/contract/roles.ts'

/** Entries of a round are told from vehicles by the group they are sent in. */
export const roundGroupOf = (id: string): string => `round:${id}`
export const isRoundEntry = (aggregateId: string): boolean => aggregateId.startsWith('round:')

/** Who goes from door to door, and works at no post. */
export const goesRound = (role: Role): boolean => (communityRoles as readonly Role[]).includes(role)
