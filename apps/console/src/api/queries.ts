import { listDevices } from '@guankou/contract/access/devices.ts'
import { readSession } from '@guankou/contract/access/session.ts'
import { listPlaces } from '@guankou/contract/places/endpoints.ts'
import { publicNotice } from '@guankou/contract/responses/endpoints.ts'
import {
  type SituationQuery,
  situationCurve,
  situationEvents,
  situationOrigins,
  situationPosts,
  situationSummary,
} from '@guankou/contract/situation/endpoints.ts'
import { QueryClient, queryOptions } from '@tanstack/react-query'
import { client, mayRetry, orThrow, refusalOf } from '#src/api/client.ts'

/** Figures stay until an event, a wake-up or a person asks for new ones; see `live/`. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: mayRetry,
        retryDelay: (failures) => Math.min(4_000, 500 * 2 ** failures),
      },
    },
  })

/** Who is signed in, or null. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    const answer = await client.call(readSession, {})
    if (answer.is === 'refused' && answer.error.code === 'NOT_SIGNED_IN') return null
    return orThrow(answer)
  },
})

export const placesQuery = queryOptions({
  queryKey: ['places'],
  queryFn: async () => orThrow(await client.call(listPlaces, {})),
})

export const noticeQuery = queryOptions({
  queryKey: ['notice'],
  queryFn: async () => orThrow(await client.call(publicNotice, {})),
})

export const devicesQuery = queryOptions({
  queryKey: ['devices'],
  queryFn: async () => orThrow(await client.call(listDevices, {})),
  refetchInterval: 10_000,
})

/** Everything under this key is counted anew when something was committed in the area. */
export const situationKey = (area: number) => ['situation', area] as const

const key = (what: string, query: SituationQuery) =>
  [...situationKey(query.area), query.day ?? 'today', what] as const

export const summaryQuery = (query: SituationQuery) =>
  queryOptions({
    queryKey: key('summary', query),
    queryFn: async () => orThrow(await client.call(situationSummary, { query })),
  })

export const postsQuery = (query: SituationQuery) =>
  queryOptions({
    queryKey: key('posts', query),
    queryFn: async () => orThrow(await client.call(situationPosts, { query })),
  })

export const originsQuery = (query: SituationQuery) =>
  queryOptions({
    queryKey: key('origins', query),
    queryFn: async () => orThrow(await client.call(situationOrigins, { query })),
  })

export const curveQuery = (query: SituationQuery) =>
  queryOptions({
    queryKey: key('curve', query),
    queryFn: async () => orThrow(await client.call(situationCurve, { query })),
  })

export const eventsQuery = (query: SituationQuery) =>
  queryOptions({
    queryKey: key('events', query),
    queryFn: async () => orThrow(await client.call(situationEvents, { query })),
  })

/** Whether a failure means that nobody is signed in any more. */
export const isSignedOut = (cause: unknown): boolean => refusalOf(cause)?.code === 'NOT_SIGNED_IN'
