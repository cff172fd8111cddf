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
  /** What was kept when the line was last open; nothing where there was none, or where it cannot be read. */
  readonly read: () => Promise<KeptPairing | undefined>
  /** Keeps what must outlast the app, before anything is sent of it; a later call holds. */
  readonly write: (kept: KeptPairing | undefined) => Promise<void>
  /** Does something later. @returns a function that cancels it */
  readonly after: (delayMs: number, act: () => void) => () => void
}

export type Unsent = {
  readonly id: string
  readonly said: Said
  /** Why it was refused; it stays in sight until whoever wrote it lets it go. */
  readonly refused?: ErrorCode | undefined
}

/** A pairing with what is not sent of it: what outlasts the app. */
export type KeptPairing = { readonly pairing: PairingView; readonly unsent: readonly Unsent[] }

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

/** What is worth keeping: a pairing that is under way, and words that were not sent whatever became of it. */
const keptOf = ({ pairing, unsent }: PairingKnown): KeptPairing | undefined =>
  pairing === undefined || (pairing.state === 'ended' && unsent.length === 0)
    ? undefined
    : { pairing, unsent }

/** Tells two states apart by what is kept of them; every reading brings the same pairing anew. */
const keptName = (kept: KeptPairing | undefined): string =>
  kept === undefined
    ? ''
    : [
        kept.pairing.pairingId,
        kept.pairing.state,
        ...kept.unsent.map(({ id, refused }) => `${id} ${refused ?? ''}`),
      ].join('|')

const createState = ({ write }: Pick<PairingPorts, 'write'>) => {
  let known = nothing
  let writtenName = ''
  let writing: Promise<void> = Promise.resolve()
  const listeners = new Set<() => void>()
  const keep = (): void => {
    const kept = keptOf(known)
    const name = keptName(kept)
    if (name === writtenName) return
    writtenName = name
    // One after the other: of two writes the later one holds. Where one fails, what it held is still in sight.
    writing = writing
      .then(() => write(kept))
      .catch(() => {
        writtenName = 'not written'
      })
  }
  return {
    get: () => known,
    change: (change: Partial<PairingKnown>): void => {
      known = { ...known, ...change }
      keep()
      for (const listener of listeners) listener()
    },
    /** Takes up what was kept, which needs no writing. */
    takeUp: ({ pairing, unsent }: KeptPairing): void => {
      known = { ...known, pairing, unsent }
      writtenName = keptName(keptOf(known))
      for (const listener of listeners) listener()
    },
    written: () => writing,
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
const createSender = ({ get, change, written }: State, ports: PairingPorts, pull: () => Promise<void>) => {
  let sending = false
  let tries = 0
  const flush = async (): Promise<void> => {
    if (sending) return
    sending = true
    for (;;) {
      const { pairing, unsent } = get()
      const next = unsent.find(({ refused }) => refused === undefined)
      if (pairing === undefined || next === undefined) break
      await written()
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

/** What waits to be sent in a pairing: words of another one are not said in this, and stay in sight. */
const unsentFor = (
  pairing: PairingView,
  before: PairingView | undefined,
  unsent: readonly Unsent[],
): readonly Unsent[] =>
  before === undefined || before.pairingId === pairing.pairingId
    ? unsent
    : unsent.map((each) => ({ ...each, refused: each.refused ?? ('PAIRING_ENDED' as const) }))

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
    const before = state.get()
    state.change({
      pairing,
      facts: [],
      fault: undefined,
      unsent: unsentFor(pairing, before.pairing, before.unsent),
    })
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

/** Takes up what was kept when the app was closed, then what the server has; each time the first once. */
const createResume = (
  state: State,
  ports: PairingPorts,
  { follow, stop }: ReturnType<typeof createFollower>,
  { pull, flush }: { readonly pull: () => Promise<void>; readonly flush: () => Promise<void> },
) => {
  let takenUp: Promise<void> | undefined
  const takeUp = async (): Promise<void> => {
    const kept = await ports.read().catch(() => undefined)
    if (kept === undefined || state.get().pairing !== undefined) return
    state.takeUp(kept)
    follow(kept.pairing)
    void flush()
  }
  return async (): Promise<void> => {
    takenUp ??= takeUp()
    await takenUp
    const answer = await ports.mine()
    if (answer.is !== 'ok') {
      // With a pairing at hand that the network is away is shown beside it, and it is looked for by itself.
      if (state.get().pairing === undefined) state.change({ fault: faultOf(answer) })
      return
    }
    const { current } = answer.value
    if (current !== null && current.pairingId !== state.get().pairing?.pairingId) follow(current)
    if (current !== null) return
    await flush()
    await pull()
    stop()
  }
}

/**
 * The field’s end of a pairing over a network that comes and goes: what is written waits until the server has it, and is
 * taken once however often it goes out, also by an app that was closed in between; what is said at the desk is read after
 * the last that was seen.
 */
export const createPairingLine = (ports: PairingPorts): PairingLine => {
  const state = createState(ports)
  const pull = createReader(state, ports)
  const flush = createSender(state, ports, pull)
  const follower = createFollower(state, ports, pull, flush)
  const { follow, stop } = follower
  return {
    get: state.get,
    subscribe: state.subscribe,
    resume: createResume(state, ports, follower, { pull, flush }),
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
