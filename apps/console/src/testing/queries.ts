import type { BodyOf } from '@guankou/contract/endpoint.ts'
import {
  setBudgets,
  setTestingSettings,
  testingAllocation,
  testingEvidence,
} from '@guankou/contract/testing/allocation.ts'
import { enterResults, importResults, listTests } from '@guankou/contract/testing/results.ts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'

export type TestingQuery = { readonly area: number; readonly day?: string }

export const testingKey = ['testing'] as const
/** Runs end and results come in at any time; a run that is under way is followed closer. */
const everyMs = 15_000
const whileRunningMs = 1_500

export const allocationQuery = (query: TestingQuery) =>
  queryOptions({
    queryKey: [...testingKey, 'allocation', query],
    queryFn: async () => orThrow(await client.call(testingAllocation, { query })),
    refetchInterval: ({ state }) => (state.data?.run?.state === 'running' ? whileRunningMs : everyMs),
  })

export const evidenceQuery = (query: TestingQuery) =>
  queryOptions({
    queryKey: [...testingKey, 'evidence', query],
    queryFn: async () => orThrow(await client.call(testingEvidence, { query })),
    refetchInterval: everyMs,
  })

export const testsQuery = (query: TestingQuery & { readonly waiting?: 'yes' }) =>
  queryOptions({
    queryKey: [...testingKey, 'tests', query],
    queryFn: async () => orThrow(await client.call(listTests, { query })),
    refetchInterval: everyMs,
  })

/** Something that changes what the pages show, and has them read anew. */
const useChange = <Input, Output>(act: (input: Input) => Promise<Output>) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: () => queryClient.invalidateQueries({ queryKey: testingKey }),
  })
}

export const useSetBudgets = () =>
  useChange(async (body: BodyOf<typeof setBudgets>) => orThrow(await client.call(setBudgets, { body })))

export const useSetSettings = () =>
  useChange(async (body: BodyOf<typeof setTestingSettings>) =>
    orThrow(await client.call(setTestingSettings, { body })),
  )

export const useEnterResults = () =>
  useChange(async (body: BodyOf<typeof enterResults>) => orThrow(await client.call(enterResults, { body })))

export const useImportResults = () =>
  useChange(async (csv: string) => orThrow(await client.call(importResults, { body: { csv } })))
