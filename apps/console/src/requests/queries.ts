import { listRequests, openRequest } from '@guankou/contract/subject-access/desk-endpoints.ts'
import { queryOptions } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'

export const requestsKey = ['requests'] as const

/** The inbox; asked again each minute, because nobody is told when somebody asks. */
export const inboxQuery = queryOptions({
  queryKey: [...requestsKey, 'inbox'],
  queryFn: async () => orThrow(await client.call(listRequests, {})),
  refetchInterval: 60_000,
})

/** A request that is opened: the person sees every time, so that it is read once and held while it is on show. */
export const fileQuery = (id: string) =>
  queryOptions({
    queryKey: [...requestsKey, 'file', id],
    queryFn: async () => orThrow(await client.call(openRequest, { body: { id } })),
    gcTime: 0,
    retry: false,
  })
