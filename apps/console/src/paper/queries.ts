import { frontHeader } from '@guankou/contract/client.ts'
import type { BodyOf } from '@guankou/contract/endpoint.ts'
import {
  keepPaperForm,
  listPaperForms,
  mostFormsAtOnce,
  readPaperBacklog,
  recordPaperForms,
  takeBackPaperForm,
} from '@guankou/contract/paper/endpoints.ts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'

export const paperKey = ['paper'] as const

export type PaperPlace = { readonly jurisdiction: number; readonly post: number; readonly day: string }

export const backlogQuery = queryOptions({
  queryKey: [...paperKey, 'backlog'],
  queryFn: async () => orThrow(await client.call(readPaperBacklog, {})),
})

/** Forms of a post and day; each opening is audited, so that they are read when something changed. */
export const formsQuery = (query: PaperPlace) =>
  queryOptions({
    queryKey: [...paperKey, 'forms', query],
    queryFn: async () => orThrow(await client.call(listPaperForms, { query })),
    // Covered as they are, they stay no longer than they are shown.
    gcTime: 0,
  })

export type FormToKeep = BodyOf<typeof keepPaperForm>

export const keepForm = async (body: FormToKeep) => orThrow(await client.call(keepPaperForm, { body }))

/** Keeps a form while the page goes away, when nobody waits for the answer. */
export const keepOnLeaving = (body: FormToKeep): void => {
  void fetch(keepPaperForm.path, {
    method: 'POST',
    keepalive: true,
    credentials: 'same-origin',
    headers: { [frontHeader]: 'console', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined)
}

const useAct = <I, O>(act: (input: I) => Promise<O>) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: () => queryClient.invalidateQueries({ queryKey: paperKey }),
  })
}

type ToRecord = BodyOf<typeof recordPaperForms>

/** Records forms, as many at a time as the server takes. */
export const useRecordForms = () =>
  useAct(async ({ jurisdiction, forms }: ToRecord) => {
    const outcomes = []
    for (let at = 0; at < forms.length; at += mostFormsAtOnce) {
      const body = { jurisdiction, forms: forms.slice(at, at + mostFormsAtOnce) }
      outcomes.push(...orThrow(await client.call(recordPaperForms, { body })).outcomes)
    }
    return outcomes
  })

export const useTakeBackForm = () =>
  useAct(async (body: BodyOf<typeof takeBackPaperForm>) =>
    orThrow(await client.call(takeBackPaperForm, { body })),
  )
