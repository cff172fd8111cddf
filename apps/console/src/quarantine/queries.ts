import type { BodyOf } from '@guankou/contract/endpoint.ts'
import {
  actOnQuarantine,
  orderQuarantine,
  type PrintedPaper,
  printQuarantine,
  readQuarantineBoard,
  readQuarantineFile,
  readQuarantineLink,
  unmaskQuarantineField,
} from '@guankou/contract/quarantine/endpoints.ts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'
import { saveAnswer } from '#src/api/save-answer.ts'
import { type RefetchOn, useRefetchOn } from '#src/live/use-refetch-on.ts'

/** Everything under this key is read anew when something was added to an episode. */
const quarantineKey = ['quarantine'] as const

/** The board by itself: each reading of a file is audited, and is not made because something was added elsewhere. */
export const quarantineBoardKey = [...quarantineKey, 'board'] as const

const onBoard: RefetchOn = { topics: new Set(['quarantine']), queryKeys: [quarantineBoardKey] }

/** Keeps the board live while it is on show. */
export const useBoardChanges = (area: number): void => useRefetchOn(area, onBoard)

/** Reports come from people’s own phones, and windows pass by the clock. */
const everyMs = 15_000

export const boardQuery = (area: number) =>
  queryOptions({
    queryKey: [...quarantineBoardKey, area],
    queryFn: async () => orThrow(await client.call(readQuarantineBoard, { query: { area } })),
    refetchInterval: everyMs,
  })

/** Which episode; each reading of its file is audited, so that it is read when asked for and after an act alone. */
export type EpisodeRef = { readonly jurisdiction: number; readonly id: string }

export const fileQuery = (which: EpisodeRef) =>
  queryOptions({
    queryKey: [...quarantineKey, 'file', which.jurisdiction, which.id],
    queryFn: async () => orThrow(await client.call(readQuarantineFile, { query: which })),
    gcTime: 0,
  })

const useAnew = () => {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: quarantineKey })
}

export const useOrder = () =>
  useMutation({
    mutationFn: async (body: BodyOf<typeof orderQuarantine>) =>
      orThrow(await client.call(orderQuarantine, { body })),
    onSettled: useAnew(),
  })

/** What is done in an episode; all of it is read anew whatever came of it. */
export const useAct = () =>
  useMutation({
    mutationFn: async (body: BodyOf<typeof actOnQuarantine>) =>
      orThrow(await client.call(actOnQuarantine, { body })),
    onSettled: useAnew(),
  })

export const useUnmask = () =>
  useMutation({
    mutationFn: async (body: BodyOf<typeof unmaskQuarantineField>) =>
      orThrow(await client.call(unmaskQuarantineField, { body })),
    gcTime: 0,
  })

export const useLink = () =>
  useMutation({
    mutationFn: async (body: EpisodeRef) => orThrow(await client.call(readQuarantineLink, { body })),
    gcTime: 0,
  })

/** Fetches a paper, which the person sees was made. */
export const usePaper = () =>
  useMutation({
    mutationFn: (body: EpisodeRef & { readonly paper: PrintedPaper }) =>
      saveAnswer(printQuarantine, body, `${body.paper}.pdf`),
  })
