import { readRetentionHistory, readRetentionPlan } from '@guankou/contract/retention/endpoints.ts'
import { queryOptions } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'

export const retentionKey = ['retention'] as const

export const planQuery = queryOptions({
  queryKey: [...retentionKey, 'plan'],
  queryFn: async () => orThrow(await client.call(readRetentionPlan, {})),
  refetchInterval: 60_000,
})

export const historyQuery = queryOptions({
  queryKey: [...retentionKey, 'history'],
  queryFn: async () => orThrow(await client.call(readRetentionHistory, {})),
  refetchInterval: 60_000,
})
