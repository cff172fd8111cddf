import { type Answer, createClient } from '@guankou/contract/client.ts'
import type { ErrorBody } from '@guankou/contract/errors.ts'

/** The client of the console; its session is a cookie of its own. */
export const client = createClient((url, init) => fetch(url, init), { front: 'console' })

/** An answer that was no success, thrown so that queries and loaders can carry it. */
export class RequestFailure extends Error {
  readonly failure: { readonly status: number; readonly error: ErrorBody } | { readonly reason: string }

  constructor(answer: Exclude<Answer<unknown>, { is: 'ok' }>) {
    super(answer.is === 'refused' ? answer.error.code : answer.reason)
    this.name = 'RequestFailure'
    this.failure =
      answer.is === 'refused' ? { status: answer.status, error: answer.error } : { reason: answer.reason }
  }
}

/** The value of a success; anything else is thrown. */
export const orThrow = <T>(answer: Answer<T>): T => {
  if (answer.is === 'ok') return answer.value
  throw new RequestFailure(answer)
}

/** The refusal inside a failure, or undefined where the server could not be reached or a bug threw. */
export const refusalOf = (cause: unknown): ErrorBody | undefined =>
  cause instanceof RequestFailure && 'error' in cause.failure ? cause.failure.error : undefined

export const isUnreachable = (cause: unknown): boolean =>
  cause instanceof RequestFailure && 'reason' in cause.failure

/** Whether the same request may be sent again by itself: a rule of the code, never of the text. */
export const mayRetry = (failures: number, cause: unknown): boolean => {
  if (failures >= 2) return false
  return isUnreachable(cause) || refusalOf(cause)?.retry === 'later'
}
