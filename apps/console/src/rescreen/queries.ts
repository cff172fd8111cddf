import type { BodyOf } from '@guankou/contract/endpoint.ts'
import {
  decideProposal,
  listProposals,
  listPutAlone,
  proposeRules,
  reviewPutAlone,
  withdrawProposal,
} from '@guankou/contract/rescreen/proposals.ts'
import { listRuleVersions, publishRules } from '@guankou/contract/rescreen/rule-versions.ts'
import { listRescreens, startRescreen } from '@guankou/contract/rescreen/runs.ts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'
import { noticeQuery } from '#src/api/queries.ts'
import { type RefetchOn, useRefetchOn } from '#src/live/use-refetch-on.ts'

export const rescreenKey = ['rescreen'] as const

/** The change feed says when to read again; the clock sees to it where the line is down. */
const readAgainMs = 15_000

export const versionsQuery = (responseId: string) =>
  queryOptions({
    queryKey: [...rescreenKey, 'versions', responseId],
    queryFn: async () => orThrow(await client.call(listRuleVersions, { query: { responseId } })),
  })

export const rescreensQuery = queryOptions({
  queryKey: [...rescreenKey, 'runs'],
  queryFn: async () => orThrow(await client.call(listRescreens, {})),
  refetchInterval: readAgainMs,
})

export const proposalsQuery = (responseId: string) =>
  queryOptions({
    queryKey: [...rescreenKey, 'proposals', responseId],
    queryFn: async () => orThrow(await client.call(listProposals, { query: { responseId } })),
    refetchInterval: readAgainMs,
  })

export const putAloneQuery = queryOptions({
  queryKey: [...rescreenKey, 'alone'],
  queryFn: async () => orThrow(await client.call(listPutAlone, {})),
})

const useAct = <I, O>(act: (input: I) => Promise<O>) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: rescreenKey })
      await queryClient.invalidateQueries({ queryKey: noticeQuery.queryKey })
    },
  })
}

export const usePublish = () =>
  useAct(async (body: BodyOf<typeof publishRules>) => orThrow(await client.call(publishRules, { body })))
export const usePropose = () =>
  useAct(async (body: BodyOf<typeof proposeRules>) => orThrow(await client.call(proposeRules, { body })))
export const useDecideProposal = () =>
  useAct(async (body: BodyOf<typeof decideProposal>) => orThrow(await client.call(decideProposal, { body })))
export const useWithdrawProposal = () =>
  useAct(async (proposalId: string) => orThrow(await client.call(withdrawProposal, { body: { proposalId } })))
export const useReviewPutAlone = () =>
  useAct(async (body: BodyOf<typeof reviewPutAlone>) => orThrow(await client.call(reviewPutAlone, { body })))
export const useStartRescreen = () =>
  useAct(async (body: BodyOf<typeof startRescreen>) => orThrow(await client.call(startRescreen, { body })))

const onRescreen: RefetchOn = { topics: new Set(['rescreen', 'rules']), queryKeys: [rescreenKey] }

/** Keeps versions and passes live while they are on show. */
export const useRescreenChanges = (area: number): void => useRefetchOn(area, onRescreen)
