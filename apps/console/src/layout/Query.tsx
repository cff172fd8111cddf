import { ErrorState, LoadingState } from '@guankou/ui/feedback/Feedback.tsx'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useFailureText } from '#src/layout/use-failure-text.ts'

/**
 * What a card shows of a query: waiting, failed, or its content. Content that was read stays on show when reading it
 * anew fails; the pill in the header says that it is stale.
 */
export const Query = <T,>({
  query,
  children,
}: {
  readonly query: UseQueryResult<T>
  readonly children: (value: T) => ReactNode
}) => {
  const failureText = useFailureText()
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <ErrorState {...failureText(query.error)} onRetry={() => void query.refetch()} />
  return <LoadingState />
}
