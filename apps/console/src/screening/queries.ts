import type { BodyOf } from '@guankou/contract/endpoint.ts'
import { correctScreening } from '@guankou/contract/screening/corrections.ts'
import {
  answerOverride,
  listOverrides,
  overrideScreening,
  readDecision,
  replayDecisions,
} from '@guankou/contract/screening/decisions.ts'
import { correctFindings } from '@guankou/contract/screening/finding-corrections.ts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'

export const decisionsKey = ['decisions'] as const
/** Phones send theirs at any time. */
const everyMs = 15_000

export const overridesQuery = (query: { readonly area: number; readonly day?: string }) =>
  queryOptions({
    queryKey: [...decisionsKey, 'overrides', query],
    queryFn: async () => orThrow(await client.call(listOverrides, { query })),
    refetchInterval: everyMs,
  })

/** Why one screening ended as it did; each reading is audited, so that it is read once. */
export const decisionQuery = (screening: string) =>
  queryOptions({
    queryKey: [...decisionsKey, 'decision', screening],
    queryFn: async () => orThrow(await client.call(readDecision, { query: { screening } })),
    staleTime: Number.POSITIVE_INFINITY,
  })

const useChange = <Input, Output>(act: (input: Input) => Promise<Output>) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: decisionsKey }),
  })
}

export const useOverride = () =>
  useChange(async (body: BodyOf<typeof overrideScreening>) =>
    orThrow(await client.call(overrideScreening, { body })),
  )

export const useAnswerOverride = () =>
  useChange(async (body: BodyOf<typeof answerOverride>) =>
    orThrow(await client.call(answerOverride, { body })),
  )

export const useCorrect = () =>
  useChange(async (body: BodyOf<typeof correctScreening>) =>
    orThrow(await client.call(correctScreening, { body })),
  )

/** Decides a day again, when it is asked for. */
export const useReplay = () =>
  useMutation({
    mutationFn: async (query: { readonly area: number; readonly day: string }) =>
      orThrow(await client.call(replayDecisions, { query })),
  })

export const useCorrectFindings = () =>
  useChange(async (body: BodyOf<typeof correctFindings>) =>
    orThrow(await client.call(correctFindings, { body })),
  )
