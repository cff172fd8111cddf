import type { BodyOf } from '@guankou/contract/endpoint.ts'
import { importMatches, listMatchLists, withdrawMatches } from '@guankou/contract/matching/endpoints.ts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'

const key = ['matching'] as const

export const matchListsQuery = queryOptions({
  queryKey: [...key, 'lists'],
  queryFn: async () => orThrow(await client.call(listMatchLists, {})),
  refetchInterval: 30_000,
})

const useAct = <I, O>(act: (input: I) => Promise<O>) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: act,
    // The file names people, and stays no longer than it is sent.
    gcTime: 0,
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  })
}

export const useImportMatches = () =>
  useAct(async (body: BodyOf<typeof importMatches>) => orThrow(await client.call(importMatches, { body })))

export const useWithdrawMatches = () =>
  useAct(async (body: BodyOf<typeof withdrawMatches>) =>
    orThrow(await client.call(withdrawMatches, { body })),
  )
