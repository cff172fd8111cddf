import type { Answer } from '@guankou/contract/client.ts'
import type { ErrorCode } from '@guankou/contract/errors.ts'
import type { PairingFact, PairingView, Said } from '@guankou/contract/pairing/endpoints.ts'

/** What a line needs of its surroundings, so that a test can be the network and turn the clock. */
export type PairingPorts = {
  readonly newId: () => string
  readonly open: (id: string, partner: string | undefined) => Promise<Answer<PairingView>>
  readonly mine: () => Promise<Answer<{ readonly current: PairingView | null }>>
  readonly facts: (
    pairingId: string,
    after: number,
  ) => Promise<Answer<{ readonly pairing: PairingView; readonly facts: readonly PairingFact[] }>>
  readonly say: (pairingId: string, id: string, said: Said) => Promise<Answer<unknown>>
  readonly end: (pairingId: string) => Promise<Answer<PairingView>>
  /** Listens for news, coming back by itself. @returns a function that ends it */
  readonly listen: (onNews: () => void, onUp: (isUp: boolean) => void) => () => void
  /** Does something later. @returns a function that cancels it */
  readonly after: (delayMs: number, act: () => void) => () => void
}

export type Unsent = {
  readonly id: string
  readonly said: Said
  /** Why it was refused; it stays in sight until whoever wrote it lets it go. */
  readonly refused?: ErrorCode | undefined
}

/** A pairing as the phone knows it. */
export type PairingKnown = {
  readonly pairing: PairingView | undefined
  readonly facts: readonly PairingFact[]
  /** Written and not yet taken by the server, oldest first. */
  readonly unsent: readonly Unsent[]
  readonly isUp: boolean
  readonly fault: ErrorCode | 'unreachable' | undefined
}

export type PairingLine = {
  readonly get: () => PairingKnown
  readonly subscribe: (listener: () => void) => () => void
  /** Takes up the pairing that the account is in, if it is in one. */
  readonly resume: () => Promise<void>
  readonly open: (partner?: string) => Promise<void>
  readonly say: (said: Said) => void
  readonly letGo: (id: string) => void
  readonly end: () => Promise<void>
  readonly close: () => void
}

const retryMs = [500, 1_000, 2_000, 4_000] as const
/** Asked for without news too: a line may be dead without either end knowing. */
const sureMs = 5_000

const nothing: PairingKnown = { pairing: undefined, facts: [], unsent: [], isUp: false, fault: undefined }

const faultOf = (answer: Exclude<Answer<unknown>, { is: 'ok' }>): ErrorCode | 'unreachable' =>
  answer.is === 'refused' ? answer.error.code : 'unreachable'

/** Adds what came, each once and in order, whatever was asked for twice. */
export const joinFacts = (
  known: readonly PairingFact[],
  came: readonly PairingFact[],
): readonly PairingFact[] => {
  const last = known.at(-1)?.seq ?? 0
  const more = came.filter(({ seq }) => seq > last)
  return more.length === 0 ? known : [...known, ...more]
}

const createState = () => {
  let known = nothing
  const listeners = new Set<() => void>()
  return {
    get: () => known,
    change: (change: Partial<PairingKnown>): void => {
      known = { ...known, ...change }
      for (const listener of listeners) listener()
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

type State = ReturnType<typeof createState>

/** Reads what is new, one reading at a time; news during a reading has it read once more. */
const createReader = ({ get, change }: State, ports: PairingPorts) => {
  let reading = false
  let wanted = false
  const read = async (): Promise<void> => {
    const { pairing, facts } = get()
    if (pairing === undefined) return
    const answer = await ports.facts(pairing.pairingId, facts.at(-1)?.seq ?? 0)
    if (answer.is === 'ok' && answer.value.pairing.pairingId === get().pairing?.pairingId)
      change({ pairing: answer.value.pairing, facts: joinFacts(get().facts, answer.value.facts) })
  }
  const pull = async (): Promise<void> => {
    wanted = true
    if (reading) return
    reading = true
    while (wanted) {
      wanted = false
      await read()
    }
    reading = false
  }
  return pull
}

/** Sends what is written in its order, again and again until it is taken or refused. */
const createSender = ({ get, change }: State, ports: PairingPorts, pull: () => Promise<void>) => {
  let sending = false
  let tries = 0
  const flush = async (): Promise<void> => {
    if (sending) return
    sending = true
    for (;;) {
      const { pairing, unsent } = get()
      const next = unsent.find(({ refused }) => refused === undefined)
      if (pairing === undefined || next === undefined) break
      const answer = await ports.say(pairing.pairingId, next.id, next.said)
      if (answer.is === 'unreachable' || (answer.is === 'refused' && answer.error.retry === 'later')) {
        const delayMs = retryMs[Math.min(tries, retryMs.length - 1)] ?? sureMs
        tries += 1
        ports.after(delayMs, () => void flush())
        break
      }
      tries = 0
      const others = get().unsent.filter(({ id }) => id !== next.id)
      const kept = answer.is === 'refused' ? [{ ...next, refused: answer.error.code }, ...others] : others
      change({ unsent: kept })
      void pull()
    }
    sending = false
  }
  return flush
}

/** Follows one pairing at a time, until it has ended. */
const createFollower = (
  state: State,
  ports: PairingPorts,
  pull: () => Promise<void>,
  flush: () => Promise<void>,
) => {
  let unlisten: (() => void) | undefined
  let cancel: (() => void) | undefined
  const stop = (): void => {
    unlisten?.()
    cancel?.()
    unlisten = undefined
    cancel = undefined
  }
  const beSure = (): void => {
    cancel = ports.after(sureMs, () => {
      void pull().then(() => {
        if (state.get().pairing?.state === 'ended') stop()
        else if (cancel !== undefined) beSure()
      })
    })
  }
  const follow = (pairing: PairingView): void => {
    stop()
    state.change({ pairing, facts: [], fault: undefined })
    unlisten = ports.listen(
      () => void pull(),
      (isUp) => {
        state.change({ isUp })
        if (isUp) void flush().then(pull)
      },
    )
    beSure()
    void pull()
  }
  return { follow, stop }
}

/**
 * The field’s end of a pairing over a network that comes and goes: what is written waits until the server has it, and is
 * taken once however often it goes out; what is said at the desk is read after the last that was seen.
 */
export const createPairingLine = (ports: PairingPorts): PairingLine => {
  const state = createState()
  const pull = createReader(state, ports)
  const flush = createSender(state, ports, pull)
  const { follow, stop } = createFollower(state, ports, pull, flush)
  return {
    get: state.get,
    subscribe: state.subscribe,
    resume: async () => {
      const answer = await ports.mine()
      if (answer.is !== 'ok') return state.change({ fault: faultOf(answer) })
      const { current } = answer.value
      if (current !== null && current.pairingId !== state.get().pairing?.pairingId) follow(current)
      if (current === null) stop()
    },
    open: async (partner) => {
      const answer = await ports.open(ports.newId(), partner)
      if (answer.is !== 'ok') return state.change({ fault: faultOf(answer) })
      state.change({ unsent: [] })
      follow(answer.value)
    },
    say: (said) => {
      state.change({ unsent: [...state.get().unsent, { id: ports.newId(), said }] })
      void flush()
    },
    letGo: (id) => state.change({ unsent: state.get().unsent.filter((each) => each.id !== id) }),
    end: async () => {
      const { pairing } = state.get()
      if (pairing === undefined) return
      const answer = await ports.end(pairing.pairingId)
      if (answer.is !== 'ok') return state.change({ fault: faultOf(answer) })
      stop()
      state.change({ pairing: answer.value, isUp: false, fault: undefined })
    },
    close: stop,
  }
}
