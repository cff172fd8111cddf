import type { BodyOf } from '@guankou/contract/endpoint.ts'
import {
  addWorklistPart,
  beginWorklist,
  downloadRejected,
  inspectWorklist,
  listRejectedRows,
  listWorklists,
  startWorklist,
  undoWorklist,
} from '@guankou/contract/worklists/endpoints.ts'
import {
  openNextCall,
  readCallQueue,
  reassignCalls,
  recordCall,
  releaseCall,
  separateRows,
  takeBackCall,
} from '@guankou/contract/worklists/follow-up.ts'
import { queryOptions } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'
import { saveAnswer } from '#src/api/save-answer.ts'
import { useActOn } from '#src/api/use-act-on.ts'

const key = ['worklists'] as const

/** Lists, read more often while a file is being read. */
export const worklistsQuery = queryOptions({
  queryKey: [...key, 'lists'],
  queryFn: async () => orThrow(await client.call(listWorklists, {})),
  refetchInterval: ({ state }) =>
    state.data?.lists.some(({ imports }) => imports.some((file) => file.state === 'reading')) === true
      ? 800
      : 15_000,
})

export const rejectedQuery = (list: string) =>
  queryOptions({
    queryKey: [...key, 'rejected', list],
    queryFn: async () => orThrow(await client.call(listRejectedRows, { query: { list } })),
    refetchInterval: 15_000,
  })

export const queueQuery = queryOptions({
  queryKey: [...key, 'queue'],
  queryFn: async () => orThrow(await client.call(readCallQueue, {})),
  refetchInterval: 15_000,
})

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

const base64 = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8_192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return btoa(text)
}

export type ListToBring = Pick<BodyOf<typeof beginWorklist>, 'jurisdiction' | 'kind' | 'title' | 'mends'> & {
  readonly file: File
  readonly onProgress: (share: number) => void
}

/** Announces a file, sends it part by part, and asks what its columns seem to say. */
const bring = async ({ file, onProgress, ...about }: ListToBring) => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const sha256 = hex(await crypto.subtle.digest('SHA-256', bytes))
  const begun = orThrow(await client.call(beginWorklist, { body: { ...about, bytes: bytes.length, sha256 } }))
  // After a break the last part is sent once more: with it the whole is looked at.
  for (
    let position = Math.max(0, begun.parts - 1);
    position * begun.partBytes < bytes.length;
    position += 1
  ) {
    const content = base64(bytes.subarray(position * begun.partBytes, (position + 1) * begun.partBytes))
    orThrow(await client.call(addWorklistPart, { body: { importId: begun.importId, position, content } }))
    onProgress(Math.min(1, ((position + 1) * begun.partBytes) / bytes.length))
  }
  return look({ importId: begun.importId })
}

/** Asks what the columns of a file that is there seem to say. */
const look = async (body: BodyOf<typeof inspectWorklist>) => ({
  importId: body.importId,
  preview: orThrow(await client.call(inspectWorklist, { body })),
})

export type Brought = Awaited<ReturnType<typeof look>>

export const useBring = () => useActOn(key, bring)
export const useLook = () => useActOn(key, look)
export const useStart = () =>
  useActOn(key, async (body: BodyOf<typeof startWorklist>) =>
    orThrow(await client.call(startWorklist, { body })),
  )
export const useUndoList = () =>
  useActOn(key, async (listId: string) => orThrow(await client.call(undoWorklist, { body: { listId } })))
export const useSeparate = () =>
  useActOn(key, async (listId: string) => orThrow(await client.call(separateRows, { body: { listId } })))
export const useReassign = () =>
  useActOn(key, async (body: BodyOf<typeof reassignCalls>) =>
    orThrow(await client.call(reassignCalls, { body })),
  )
export const useNextCall = () =>
  useActOn(key, async (body: BodyOf<typeof openNextCall>) =>
    orThrow(await client.call(openNextCall, { body })),
  )
export const useRelease = () =>
  useActOn(key, async (body: BodyOf<typeof releaseCall>) => orThrow(await client.call(releaseCall, { body })))
export const useRecord = () =>
  useActOn(key, async (body: BodyOf<typeof recordCall>) => orThrow(await client.call(recordCall, { body })))
export const useTakeBack = () =>
  useActOn(key, async (body: BodyOf<typeof takeBackCall>) =>
    orThrow(await client.call(takeBackCall, { body })),
  )

export const useRejectedFile = () =>
  useActOn(key, (body: BodyOf<typeof downloadRejected>) =>
    saveAnswer(downloadRejected, body, `rejected-${body.listId}.xlsx`),
  )
