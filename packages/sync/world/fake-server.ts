import type { Answer } from '@guankou/contract/client.ts'
import { type ErrorCode, errors } from '@guankou/contract/errors.ts'
import { parcelKind } from '@guankou/contract/sync/parcel.ts'
import type { PushAnswer, PushBody, PushOutcome } from '@guankou/contract/sync/push.ts'

/** A parcel of this world tells its maker to the server alone: nothing on the phone reads it. */
export type Command = {
  readonly kind?: typeof parcelKind
  readonly id: string
  readonly makerId: string
  readonly wrong: boolean
}

/** What the line and the server do to the next pushes. */
export type Weather = {
  line: 'good' | 'request-lost' | 'answer-lost' | 'portal'
  /** Refusal of the whole push. */
  refusal: ErrorCode | undefined
  /** Commands whose outcome is put off. */
  deferral: ErrorCode | undefined
  outcomes: 'in-order' | 'reversed' | 'doubled' | 'one-missing' | 'first-without-id'
  serverAheadMs: number
  maxCommands: number
}

export const fairWeather = (): Weather => ({
  line: 'good',
  refusal: undefined,
  deferral: undefined,
  outcomes: 'in-order',
  serverAheadMs: 0,
  maxCommands: 500,
})

const refuse = (code: ErrorCode): Answer<PushAnswer> => ({
  is: 'refused',
  status: errors[code].status,
  error: { code, retry: errors[code].retry, text: errors[code].text },
})

const rejected = (id: string, code: ErrorCode): PushOutcome => ({
  outcome: 'rejected',
  id,
  code,
  retry: errors[code].retry,
  text: errors[code].text,
})

const distort = (outcomes: PushOutcome[], how: Weather['outcomes']): PushOutcome[] => {
  if (how === 'reversed') return outcomes.toReversed()
  if (how === 'doubled') return [...outcomes, ...outcomes]
  if (how === 'one-missing') return outcomes.slice(1)
  const [first, ...rest] = outcomes
  if (how === 'first-without-id' && first?.outcome === 'rejected') return [{ ...first, id: null }, ...rest]
  return outcomes
}

/** A server that keeps each command once, by its id, and remembers under whose name. */
export const createFakeServer = (nowMs: () => number) => {
  const stored = new Map<string, { readonly recordedFor: string; readonly times: number }>()
  const weather = fairWeather()

  const judge = (command: Command, sessionOf: string): PushOutcome => {
    if (command.wrong) return rejected(command.id, 'UNKNOWN_LANE')
    if (weather.deferral !== undefined) return rejected(command.id, weather.deferral)
    const before = stored.get(command.id)
    stored.set(command.id, {
      recordedFor: before?.recordedFor ?? (command.kind === parcelKind ? command.makerId : sessionOf),
      times: (before?.times ?? 0) + 1,
    })
    const recordedAt = new Date(nowMs()).toISOString()
    return { outcome: 'accepted', id: command.id, recordedAt, duplicate: before !== undefined }
  }

  return {
    weather,
    stored,
    clockMs: () => nowMs() + weather.serverAheadMs,
    /** @param sessionOf  the account of the cookie the push travelled with */
    push(body: PushBody, sessionOf: string | undefined): Answer<PushAnswer> {
      if (weather.line === 'request-lost') return { is: 'unreachable', reason: 'lost' }
      if (weather.line === 'portal') return { is: 'ok', value: { welcome: 'hotel' } as unknown as PushAnswer }
      if (weather.refusal !== undefined) return refuse(weather.refusal)
      if (sessionOf === undefined) return refuse('NOT_SIGNED_IN')
      if (body.commands.length > weather.maxCommands) return refuse('BODY_TOO_LARGE')
      const outcomes = body.commands.map((command) => judge(command as Command, sessionOf))
      if (weather.line === 'answer-lost') return { is: 'unreachable', reason: 'lost' }
      const receivedAt = new Date(nowMs() + weather.serverAheadMs).toISOString()
      return { is: 'ok', value: { receivedAt, outcomes: distort(outcomes, weather.outcomes) } }
    },
  }
}
