import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import {
  decideExport,
  downloadExport,
  type ExportFormat,
  listExports,
  requestExport,
  stopExport,
  traceExport,
} from '@guankou/contract/exports/endpoints.ts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useStepUp } from '#src/access/StepUp.tsx'
import { client, orThrow } from '#src/api/client.ts'
import { saveAnswer } from '#src/api/save-answer.ts'

const key = ['exports'] as const

/** Lists, read more often while one is being made. */
export const exportsQuery = queryOptions({
  queryKey: key,
  queryFn: async () => orThrow(await client.call(listExports, {})),
  refetchInterval: ({ state }) =>
    state.data?.exports.some((one) => one.state === 'approved') === true ? 1_000 : 15_000,
})

/** An act on lists; they are read anew whatever came of it. */
const useAct = <I, O>(act: (input: I) => Promise<O>) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  })
}

export type ExportRequest = BodyOf<typeof requestExport>

export const useRequest = () =>
  useAct(async (body: ExportRequest) => orThrow(await client.call(requestExport, { body })))

export const useDecide = () => {
  const withFactor = useStepUp()
  return useAct((body: BodyOf<typeof decideExport>) =>
    withFactor(async () => orThrow(await client.call(decideExport, { body }))),
  )
}

export const useStop = () =>
  useAct(async (exportId: string) => orThrow(await client.call(stopExport, { body: { exportId } })))

export const useTrace = () =>
  useMutation({
    mutationFn: async (text: string): Promise<OutputOf<typeof traceExport>> =>
      orThrow(await client.call(traceExport, { body: { text } })),
    gcTime: 0,
  })

export const useDownload = () =>
  useAct(({ id, format }: { readonly id: string; readonly format: ExportFormat }) =>
    saveAnswer(downloadExport, { exportId: id, format }, `list.${format}`),
  )
