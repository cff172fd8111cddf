import type { BodyOf } from '@guankou/contract/endpoint.ts'
import type { OpenedPage, openOwnPage } from '@guankou/contract/subject-access/endpoints.ts'
import { readSlipCode } from '@guankou/domain/subject-access/slip-code.ts'
import type { ServerContext } from '#src/context.ts'
import type { CallingClient } from '#src/endpoint.ts'
import { done, type Result, refused } from '#src/result.ts'
import { destroyedDaysOf } from '#src/use-cases/subject-access/destroyed-days.ts'
import { candidatesOf, withTail } from '#src/use-cases/subject-access/match-slip.ts'
import type { SlipTried } from '#src/use-cases/subject-access/slip-guard.ts'
import { openSubjectSession } from '#src/use-cases/subject-access/subject-session.ts'

/** The area of the whole city; 0, in which nothing lies, where none is set up. */
export const cityOf = ({ reference }: Pick<ServerContext, 'reference'>): number =>
  reference.current().installation?.cityCode ?? 0

/** No refusal leaves earlier after a try than this, so that its time tells nothing of what was found. */
const refusalMs = 250

const until = (startedMs: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, startedMs + refusalMs - performance.now()))
  })

/** The refusal of a try that did not pass. */
export const refusalOfSlip = (
  tried: Exclude<SlipTried, { is: 'passed' }>,
): Extract<Result<never>, { ok: false }> => {
  if (tried.is === 'paused')
    return { ok: false, refusal: { code: 'SLIP_TRIES_PAUSED', retryAfterSeconds: tried.seconds } }
  return refused(tried.is === 'closed' ? 'SLIP_CODE_CLOSED' : 'SLIP_NOT_OPENED')
}

/**
 * Opens the page of the one person whose code and last characters go together. Unknown codes, wrong characters and
 * people who can only be known in person are answered alike.
 */
export const openPage = async (
  context: ServerContext,
  { code: typed, tail }: BodyOf<typeof openOwnPage>,
  { address }: CallingClient,
): Promise<Result<OpenedPage>> => {
  const code = readSlipCode(typed)
  if (code === undefined) return refused('SLIP_CODE_MISTYPED', '/code')
  const startedMs = performance.now()
  const cityCode = cityOf(context)
  let found: ReturnType<typeof withTail>
  const tried = await context.subjects.guard.attempt(code, address, async () => {
    found = withTail(context, await candidatesOf(context, code, cityCode), tail)
    return found !== undefined
  })
  if (tried.is === 'passed' && found !== undefined) {
    const { pass, closesAt } = await openSubjectSession(context, found)
    return done({ is: 'open', pass, closesAt: closesAt.toISOString(), destroyed: [] })
  }
  if (tried.is !== 'failed') return tried.is === 'passed' ? refused('SLIP_NOT_OPENED') : refusalOfSlip(tried)
  const destroyed = await destroyedDaysOf(context, code, cityCode)
  await until(startedMs)
  return destroyed.length === 0
    ? refused('SLIP_NOT_OPENED')
    : done({ is: 'destroyed', pass: null, closesAt: null, destroyed })
}
