import type { LimitGroup } from '@guankou/contract/endpoint.ts'

/** How many calls a caller may make: steadily, and at once after a pause. */
export type Rate = { readonly perMinute: number; readonly burst: number }

/** The groups of the contract, and the calls that no session stands behind although they would need one. */
export type RateGroup = LimitGroup | 'stranger'

export type Rates = Readonly<Record<RateGroup, Rate>>

/**
 * Counted by session, or by address where nobody is signed in. What lanes send is bounded by the queue of the recorder,
 * which answers `BUSY`; its rate here only stops a program that has run away.
 */
export const usualRates: Rates = {
  // Behind one address may sit a whole post at the change of shifts.
  'sign-in': { perMinute: 30, burst: 30 },
  // A console asks for about ten figures when something changed, once a second at most, in several windows.
  read: { perMinute: 12_000, burst: 2_000 },
  write: { perMinute: 600, burst: 120 },
  sync: { perMinute: 600_000, burst: 30_000 },
  stream: { perMinute: 60, burst: 20 },
  stranger: { perMinute: 600, burst: 300 },
}

/** Every rate times a number, for tests of load that come from one session. */
export const scaleRates = (rates: Rates, factor: number): Rates =>
  Object.fromEntries(
    Object.entries(rates).map(([group, { perMinute, burst }]) => [
      group,
      { perMinute: perMinute * factor, burst: burst * factor },
    ]),
  ) as Rates

/** Streams that one session may hold open at once. */
const mostStreams = 12

const mostCallers = 50_000

/**
 * The network that an address stands for: an IPv6 caller has 2^64 addresses of its own, so that its first 64 bits count
 * (RFC 6177 §2). @example networkOf('2001:db8::1') // '2001:db8:0:0'
 */
export const networkOf = (address: string): string => {
  if (!address.includes(':')) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1] !== undefined) return mapped[1]
  const [head = '', tail] = address.toLowerCase().split('::')
  const [left, right] = [head, tail ?? ''].map((side) => side.split(':').filter((part) => part !== ''))
  const zeros = tail === undefined ? 0 : 8 - (left?.length ?? 0) - (right?.length ?? 0)
  return [...(left ?? []), ...Array<string>(Math.max(0, zeros)).fill('0'), ...(right ?? [])]
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':')
}

export type RateLimiter = {
  /** Counts a call. @returns undefined where it may go on, otherwise seconds until the next one may */
  readonly take: (group: RateGroup, caller: string) => number | undefined
}

/**
 * Limits calls by the generic cell rate algorithm (ITU-T I.371, Annex A): for each caller the instant is kept at which its
 * allowance would be whole again, and nothing else.
 * @param now  Unix milliseconds
 */
export const createRateLimiter = (rates: Rates, now: () => number): RateLimiter => {
  const wholeAt = new Map<string, number>()
  const makeRoom = (nowMs: number): void => {
    for (const [key, at] of wholeAt) if (at <= nowMs) wholeAt.delete(key)
    // All of them are calling: those who have not called for longest are forgiven.
    for (const key of wholeAt.keys()) {
      if (wholeAt.size < mostCallers * 0.9) return
      wholeAt.delete(key)
    }
  }
  return {
    take: (group, caller) => {
      const { perMinute, burst } = rates[group]
      const [nowMs, stepMs] = [now(), 60_000 / perMinute]
      const key = `${group} ${caller}`
      const fullMs = burst * stepMs
      const kept = wholeAt.get(key) ?? 0
      // Nobody can owe more than a burst unless the clock was set back; then what was counted means nothing any more.
      const from = kept > nowMs + fullMs + 1e-6 ? nowMs : Math.max(kept, nowMs)
      const next = from + stepMs
      if (next > nowMs + fullMs + 1e-6) return Math.max(1, Math.ceil((next - nowMs - fullMs) / 1_000))
      wholeAt.delete(key)
      if (wholeAt.size >= mostCallers) makeRoom(nowMs)
      wholeAt.set(key, next)
      return undefined
    },
  }
}

/** How many streams each session holds open. */
export const createStreamCount = () => {
  const open = new Map<string, number>()
  return {
    isFull: (session: string): boolean => (open.get(session) ?? 0) >= mostStreams,
    add: (session: string): (() => void) => {
      open.set(session, (open.get(session) ?? 0) + 1)
      return () => {
        const left = (open.get(session) ?? 1) - 1
        if (left > 0) open.set(session, left)
        else open.delete(session)
      }
    },
  }
}
