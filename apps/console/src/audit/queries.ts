import {
  type AuditEntryView,
  auditChains,
  auditEntries,
  auditHeads,
} from '@guankou/contract/audit/endpoints.ts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client, orThrow } from '#src/api/client.ts'

export const auditKey = ['audit'] as const

/** A run that is under way is looked at every second, otherwise once a minute. */
export const chainsQuery = queryOptions({
  queryKey: [...auditKey, 'chains'],
  queryFn: async () => orThrow(await client.call(auditChains, {})),
  refetchInterval: ({ state }) => {
    const [latest] = state.data?.verifications ?? []
    return latest !== undefined && latest.finishedAt === null && !latest.failed ? 1_000 : 60_000
  },
})

const headsShown = 1_000

/** The heads since a day. */
export const headsQuery = (from: string) =>
  queryOptions({
    queryKey: [...auditKey, 'heads', from],
    queryFn: async () => orThrow(await client.call(auditHeads, { query: { from, limit: headsShown } })),
    refetchInterval: 300_000,
  })

/** What is searched for; empty texts are left out. */
export type AuditSearch = {
  readonly area: number
  readonly from: string
  readonly to: string
  readonly action: string
  readonly login: string
  readonly outcome: string
}

const pageSize = 100

const filled = <K extends string>(key: K, text: string): Partial<Record<K, string>> =>
  text.trim() === '' ? {} : ({ [key]: text.trim() } as Record<K, string>)

type Page = { readonly entries: readonly AuditEntryView[]; readonly next: string | null }

/** Entries page by page, newest first. */
export const entriesQuery = ({ area, from, to, action, login, outcome }: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: [...auditKey, 'entries', area, from, to, action, login, outcome],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }): Promise<Page> =>
      orThrow(
        await client.call(auditEntries, {
          query: {
            area,
            from,
            to,
            ...filled('action', action),
            ...filled('login', login),
            ...filled('outcome', outcome),
            ...(pageParam === null ? {} : { after: pageParam }),
            limit: pageSize,
          },
        }),
      ),
    getNextPageParam: (page) => page.next,
  })
