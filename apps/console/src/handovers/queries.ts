import type { BodyOf } from '@guankou/contract/endpoint.ts'
import {
  actOnHandover,
  changeHandoverLimits,
  listHandovers,
  readHandoverChain,
} from '@guankou/contract/handovers/endpoints.ts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'

/** Everything under this key is read anew when a hand-over changed. */
export const handoversKey = ['handovers'] as const

/** They come by the change feed; asked for again in case it was down, and because limits pass by the clock. */
const everyMs = 15_000

export const handoversQuery = (area: number) =>
  queryOptions({
    queryKey: [...handoversKey, area],
    queryFn: async () => orThrow(await client.call(listHandovers, { query: { area } })),
    refetchInterval: everyMs,
  })

export const chainQuery = (which: { readonly jurisdiction: number; readonly id: string }) =>
  queryOptions({
    queryKey: [...handoversKey, 'chain', which.jurisdiction, which.id],
    queryFn: async () => orThrow(await client.call(readHandoverChain, { query: which })),
  })

const useAnew = () => {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: handoversKey })
}

/** What is done at a desk; all of it is read anew whatever came of it. */
export const useHandoverAct = () =>
  useMutation({
    mutationFn: async (body: BodyOf<typeof actOnHandover>) =>
      orThrow(await client.call(actOnHandover, { body })),
    onSettled: useAnew(),
  })

export const useChangeLimits = () =>
  useMutation({
    mutationFn: async (body: BodyOf<typeof changeHandoverLimits>) =>
      orThrow(await client.call(changeHandoverLimits, { body })),
    onSettled: useAnew(),
  })
