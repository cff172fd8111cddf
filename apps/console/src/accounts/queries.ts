import { type accountStates, listAccountSessions, listAccounts } from '@guankou/contract/access/accounts.ts'
import { listApiKeys } from '@guankou/contract/access/api-keys.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'

export const accountsKey = ['accounts'] as const

export type AccountsFilter = {
  readonly text: string
  readonly role: Role | ''
  readonly state: (typeof accountStates)[number] | ''
}

/** Accounts a page at a time, each page beginning after the last login of the one before. */
export const accountsQuery = ({ text, role, state }: AccountsFilter) =>
  infiniteQueryOptions({
    queryKey: [...accountsKey, 'list', text, role, state],
    initialPageParam: '',
    queryFn: async ({ pageParam }) =>
      orThrow(
        await client.call(listAccounts, {
          query: {
            ...(text === '' ? {} : { text }),
            ...(role === '' ? {} : { role }),
            ...(state === '' ? {} : { state }),
            ...(pageParam === '' ? {} : { after: pageParam }),
          },
        }),
      ),
    getNextPageParam: ({ accounts, more }) => (more ? accounts.at(-1)?.login : undefined),
  })

export const accountSessionsQuery = (account: string) =>
  queryOptions({
    queryKey: [...accountsKey, account, 'sessions'],
    queryFn: async () => orThrow(await client.call(listAccountSessions, { query: { account } })),
  })

export const apiKeysQuery = (account: string) =>
  queryOptions({
    queryKey: [...accountsKey, account, 'keys'],
    queryFn: async () => orThrow(await client.call(listApiKeys, { query: { account } })),
  })
