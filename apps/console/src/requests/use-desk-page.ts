import type { BodyOf } from '@guankou/contract/endpoint.ts'
import { type lookUpPerson as LookUpPerson, lookUpPerson } from '@guankou/contract/identity/look-up.ts'
import { openDeskPage } from '@guankou/contract/subject-access/desk-endpoints.ts'
import { useMutation } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'

export type DeskInput = BodyOf<typeof openDeskPage>
export type DeskSearch = Omit<BodyOf<typeof LookUpPerson>, 'purpose'>

/** Opens a person's page for them; it is held by this page alone, and gone when it is closed. */
export const useDeskPage = () =>
  useMutation({
    mutationFn: async (body: DeskInput) => orThrow(await client.call(openDeskPage, { body })),
    gcTime: 0,
  })

/** Looks a person up because they ask what is held. */
export const useDeskSearch = () =>
  useMutation({
    mutationFn: async (search: DeskSearch) =>
      orThrow(await client.call(lookUpPerson, { body: { ...search, purpose: 'subject-request' } })),
    gcTime: 0,
  })
