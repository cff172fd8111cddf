import { frontHeader } from '@guankou/contract/client.ts'
import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { ErrorBody } from '@guankou/contract/errors.ts'
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
import { client, orThrow, RequestFailure } from '#src/api/client.ts'

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

const refusalIn = async (response: Response): Promise<RequestFailure> => {
  try {
    const error = (await response.json()) as ErrorBody
    return new RequestFailure({ is: 'refused', status: response.status, error })
  } catch {
    return new RequestFailure({ is: 'unreachable', reason: `HTTP ${response.status}` })
  }
}

const nameIn = (response: Response, otherwise: string): string =>
  /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? otherwise

/** Fetches a list and hands it to the browser to save. */
const fetchList = async ({
  id,
  format,
}: {
  readonly id: string
  readonly format: ExportFormat
}): Promise<void> => {
  const response = await fetch(downloadExport.path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { [frontHeader]: 'console', 'content-type': 'application/json' },
    body: JSON.stringify({ exportId: id, format }),
  }).catch((cause: unknown) => {
    throw new RequestFailure({ is: 'unreachable', reason: String(cause) })
  })
  if (!response.ok) throw await refusalIn(response)
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = nameIn(response, `list.${format}`)
  link.click()
  URL.revokeObjectURL(address)
}

export const useDownload = () => useAct(fetchList)
