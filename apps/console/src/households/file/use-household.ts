import type { BodyOf } from '@guankou/contract/endpoint.ts'
import { lookUpHousehold, unmaskHouseholdField } from '@guankou/contract/households/look-up.ts'
import { client, orThrow } from '#src/api/client.ts'
import { useActOn } from '#src/api/use-act-on.ts'
import { ownLookUpsQuery } from '#src/look-up/queries.ts'

export type HouseholdSearch = BodyOf<typeof lookUpHousehold>

/** Looks a household up. What came is held by the page alone, and forgotten when it is left. */
export const useLookUpHousehold = () =>
  useActOn(ownLookUpsQuery.queryKey, async (body: HouseholdSearch) =>
    orThrow(await client.call(lookUpHousehold, { body })),
  )

export const useUnmaskHousehold = () =>
  useActOn(ownLookUpsQuery.queryKey, async (body: BodyOf<typeof unmaskHouseholdField>) =>
    orThrow(await client.call(unmaskHouseholdField, { body })),
  )
