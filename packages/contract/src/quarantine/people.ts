import type { Bilingual } from '../primitives.ts'
import { communityRoles, type Role } from '../roles.ts'

/** What of somebody in quarantine is sealed, and can be shown one by one. */
export const quarantineFields = ['name', 'document', 'phone', 'address'] as const
export type QuarantineField = (typeof quarantineFields)[number]

export const quarantineFieldNames: Readonly<Record<QuarantineField, Bilingual>> = {
  name: { zh: '姓名', en: 'Name' },
  document: { zh: '证件号码', en: 'Document number' },
  phone: { zh: '电话', en: 'Phone' },
  address: { zh: '隔离地址', en: 'Address' },
}

/** Who orders a quarantine, changes its length, hands it on and ends it. */
export const quarantineDeciders: readonly Role[] = ['community-health', 'commander']

/** Who follows people up: the community team at the door, and who calls from a desk. */
export const quarantineWorkers: readonly Role[] = [...communityRoles, 'screening-clerk', 'commander']

/** Who sees the board, on which nobody is named. */
export const quarantineReaders: readonly Role[] = [...quarantineWorkers, 'duty-planner', 'auditor']
