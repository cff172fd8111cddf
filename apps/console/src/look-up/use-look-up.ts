import type { BodyOf } from '@guankou/contract/endpoint.ts'
import { lookUpPerson } from '@guankou/contract/identity/look-up.ts'
import { formatClockSecond } from '@guankou/ui/format/time.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client, orThrow, refusalOf } from '#src/api/client.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { ownLookUpsQuery } from '#src/look-up/queries.ts'

export type LookUpInput = BodyOf<typeof lookUpPerson>

/** Looks somebody up. What came is held by this page alone, and forgotten when it is left. */
export const useLookUp = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (body: LookUpInput) => orThrow(await client.call(lookUpPerson, { body })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ownLookUpsQuery.queryKey }),
    gcTime: 0,
  })
}

/** A failure in words, with the time from which it may succeed where the server said one. */
export const useRefusalText = () => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const timeZone = useTimeZone()
  return (cause: unknown): string => {
    const wait = refusalOf(cause)?.retryAfterSeconds
    const { text } = failureText(cause)
    if (wait === undefined) return text
    return `${text} ${t('lookUp.again', { time: formatClockSecond(Date.now() + wait * 1_000, timeZone) })}`
  }
}
