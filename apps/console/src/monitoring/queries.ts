import type { BodyOf } from '@guankou/contract/endpoint.ts'
import {
  actOnAlarm,
  changeMonitoringPolicy,
  type Measure,
  monitoringAlarm,
  monitoringAlarms,
  monitoringCalendar,
  monitoringPosts,
  monitoringSlots,
} from '@guankou/contract/monitoring/endpoints.ts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'

/** Everything under this key is read anew when an alarm changed. */
export const monitoringKey = ['monitoring'] as const

/** Forecasts move with the hour; alarms come by the change feed and are looked for in case it was down. */
const everyMs = 15_000

export const alarmsQuery = (area: number) =>
  queryOptions({
    queryKey: [...monitoringKey, area, 'alarms'],
    queryFn: async () => orThrow(await client.call(monitoringAlarms, { query: { area } })),
    refetchInterval: everyMs,
  })

export const alarmQuery = (id: string) =>
  queryOptions({
    queryKey: [...monitoringKey, 'alarm', id],
    queryFn: async () => orThrow(await client.call(monitoringAlarm, { query: { id } })),
  })

export const watchedPostsQuery = (area: number, measure: Measure) =>
  queryOptions({
    queryKey: [...monitoringKey, area, 'posts', measure],
    queryFn: async () => orThrow(await client.call(monitoringPosts, { query: { area, measure } })),
    refetchInterval: everyMs,
  })

export const calendarQuery = (area: number, measure: Measure, post: number | undefined) =>
  queryOptions({
    queryKey: [...monitoringKey, area, 'calendar', measure, post ?? 'all'],
    queryFn: async () =>
      orThrow(
        await client.call(monitoringCalendar, {
          query: post === undefined ? { area, measure } : { area, measure, post },
        }),
      ),
    refetchInterval: 60_000,
  })

export const slotsQuery = (area: number, post: number, measure: 'vehicles' | 'travellers') =>
  queryOptions({
    queryKey: [...monitoringKey, area, 'slots', post, measure],
    queryFn: async () => orThrow(await client.call(monitoringSlots, { query: { area, post, measure } })),
    refetchInterval: 60_000,
  })

const useAnew = () => {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: monitoringKey })
}

/** An act on an alarm; all of monitoring is read anew whatever came of it. */
export const useAct = () =>
  useMutation({
    mutationFn: async (body: BodyOf<typeof actOnAlarm>) => orThrow(await client.call(actOnAlarm, { body })),
    onSettled: useAnew(),
  })

export const useChangePolicy = () =>
  useMutation({
    mutationFn: async (body: BodyOf<typeof changeMonitoringPolicy>) =>
      orThrow(await client.call(changeMonitoringPolicy, { body })),
    onSettled: useAnew(),
  })
