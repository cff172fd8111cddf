import { listOwnLookUps } from '@guankou/contract/identity/look-up.ts'
import { queryOptions } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'

export const ownLookUpsQuery = queryOptions({
  queryKey: ['own-look-ups'],
  queryFn: async () => orThrow(await client.call(listOwnLookUps, {})),
  refetchInterval: 30_000,
})
