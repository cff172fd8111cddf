import type { HouseholdFactRead } from '@guankou/db/queries/households/facts.ts'

const ofPeople: readonly string[] = [
  'household-opened',
  'address-corrected',
  'member-added',
  'member-changed',
  'member-moved',
  'member-left',
  'members-merged',
  'undone',
]

/** Whether a fact is about who lives where; what was measured, said or done at the door stays sealed. */
export const isOfPeople = ({ kind }: Pick<HouseholdFactRead, 'kind'>): boolean => ofPeople.includes(kind)

/** The newest local day under whose key something of these facts lies. */
export const newestDay = (rows: readonly Pick<HouseholdFactRead, 'day'>[]): string | undefined =>
  rows
    .map(({ day }) => day)
    .toSorted()
    .at(-1)
