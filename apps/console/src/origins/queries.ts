import { type ImportCasesBody, importCases, listCaseSets } from '@guankou/contract/origin/case-reports.ts'
import { type PreviewBody, previewRiskAreas } from '@guankou/contract/origin/preview.ts'
import {
  type OriginQuery,
  readOriginCounts,
  readOriginMixing,
  readOriginRisk,
  readOriginTrend,
} from '@guankou/contract/origin/risk.ts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'

const everyMs = 60_000
const whileRunningMs = 3_000

const key = (what: string, { area, day }: OriginQuery) => ['origins', area, day ?? 'newest', what] as const

/** Read anew every minute, and sooner while a run is under way. */
export const riskQuery = (query: OriginQuery) =>
  queryOptions({
    queryKey: key('risk', query),
    queryFn: async () => orThrow(await client.call(readOriginRisk, { query })),
    refetchInterval: ({ state }) => (state.data?.run?.state === 'running' ? whileRunningMs : everyMs),
  })

/** @param runId  of the result on show, so that both are of one run */
export const mixingQuery = (query: OriginQuery, runId: string | undefined) =>
  queryOptions({
    queryKey: [...key('mixing', query), runId ?? 'none'],
    queryFn: async () => orThrow(await client.call(readOriginMixing, { query })),
  })

export const trendQuery = (query: OriginQuery, origin: number) =>
  queryOptions({
    queryKey: [...key('trend', query), origin],
    queryFn: async () => orThrow(await client.call(readOriginTrend, { query: { ...query, origin } })),
  })

export const countsQuery = (query: OriginQuery, origin: number) =>
  queryOptions({
    queryKey: [...key('counts', query), origin],
    queryFn: async () => orThrow(await client.call(readOriginCounts, { query: { ...query, origin } })),
  })

export const caseSetsQuery = (area: number) =>
  queryOptions({
    queryKey: ['origins', area, 'case-sets'],
    queryFn: async () => orThrow(await client.call(listCaseSets, { query: { area } })),
  })

export const usePreview = () =>
  useMutation({
    mutationFn: async (body: PreviewBody) => orThrow(await client.call(previewRiskAreas, { body })),
  })

/** Takes a file in; everything about origins is read anew afterwards. */
export const useImport = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (body: ImportCasesBody) => orThrow(await client.call(importCases, { body })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['origins'] }),
  })
}
