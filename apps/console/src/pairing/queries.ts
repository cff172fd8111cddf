import { urlOf } from '@guankou/contract/client.ts'
import type { BodyOf } from '@guankou/contract/endpoint.ts'
import {
  endPairing,
  joinPairing,
  lookUpInPairing,
  pairingFeed,
  readOwnPairings,
  readPairing,
  sayInPairing,
} from '@guankou/contract/pairing/endpoints.ts'
import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { client, orThrow } from '#src/api/client.ts'
import { useActOn } from '#src/api/use-act-on.ts'
import { openLine } from '#src/live/line-source.ts'

const key = ['pairing'] as const
/** They come by the feed; asked for again in case it is down. */
const everyMs = 5_000

export const minePairingsQuery = queryOptions({
  queryKey: [...key, 'mine'],
  queryFn: async () => orThrow(await client.call(readOwnPairings, {})),
  refetchInterval: everyMs,
})

/** What was said is held by the page alone, and forgotten when it is left. */
export const pairingQuery = (pairing: string) =>
  queryOptions({
    queryKey: [...key, 'facts', pairing],
    queryFn: async () => orThrow(await client.call(readPairing, { query: { pairing } })),
    refetchInterval: everyMs,
    gcTime: 0,
  })

/** Reads anew whenever something was said. */
export const useFollowPairing = (): void => {
  const queryClient = useQueryClient()
  useEffect(() => {
    const anew = (): void => void queryClient.invalidateQueries({ queryKey: key })
    const line = openLine(urlOf(pairingFeed), { opened: anew, message: anew, broke: () => undefined })
    return line.close
  }, [queryClient])
}

export const useJoin = () =>
  useActOn(key, async (body: BodyOf<typeof joinPairing>) => orThrow(await client.call(joinPairing, { body })))
export const useSay = () =>
  useActOn(key, async (body: BodyOf<typeof sayInPairing>) =>
    orThrow(await client.call(sayInPairing, { body })),
  )
export const useEnd = () =>
  useActOn(key, async (pairingId: string) => orThrow(await client.call(endPairing, { body: { pairingId } })))
export const useLookUp = () =>
  useActOn(key, async (body: BodyOf<typeof lookUpInPairing>) =>
    orThrow(await client.call(lookUpInPairing, { body })),
  )
