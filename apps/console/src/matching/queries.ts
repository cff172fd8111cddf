import type { BodyOf } from '@guankou/contract/endpoint.ts'
import { importMatches, listMatchLists, withdrawMatches } from '@guankou/contract/matching/endpoints.ts'
import { queryOptions } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'
import { useActOn } from '#src/api/use-act-on.ts'

const key = ['matching'] as const

export const matchListsQuery = queryOptions({
  queryKey: [...key, 'lists'],
  queryFn: async () => orThrow(await client.call(listMatchLists, {})),
  refetchInterval: 30_000,
})

export const useImportMatches = () =>
  useActOn(key, async (body: BodyOf<typeof importMatches>) =>
    orThrow(await client.call(importMatches, { body })),
  )

export const useWithdrawMatches = () =>
  useActOn(key, async (body: BodyOf<typeof withdrawMatches>) =>
    orThrow(await client.call(withdrawMatches, { body })),
  )
