import { createClient, frontHeader } from '@guankou/contract/client.ts'
import {
  endPairing,
  listPartners,
  openPairing,
  pairingFeed,
  readOwnPairings,
  readPairing,
  sayInPairing,
} from '@guankou/contract/pairing/endpoints.ts'
import { createPairingLine, type PairingLine, type PairingPorts } from '@guankou/sync/pairing/pairing-line.ts'
import { v7 } from 'uuid'
import type { OwnStore } from '#src/runtime/field-runtime.ts'
import { readKept } from './kept-pairing.ts'

/** Somebody waits at the barrier for the answer. */
const patienceMs = 5_000
/** The server says something every 15 seconds, if only that the line is alive. */
const silenceMs = 40_000
const reopenMs = 1_000

const client = createClient(
  (url, init) => fetch(url, { ...init, cache: 'no-store', signal: AbortSignal.timeout(patienceMs) }),
  { front: 'field' },
)

/** Reads events until the line breaks: what they say is read elsewhere, so that their coming is all that counts. */
const readEvents = async (
  onNews: () => void,
  onUp: (isUp: boolean) => void,
  stop: AbortSignal,
): Promise<void> => {
  const broken = new AbortController()
  const giveUp = (): void => broken.abort()
  let timer = setTimeout(giveUp, silenceMs)
  try {
    const response = await fetch(pairingFeed.path, {
      headers: { [frontHeader]: 'field' },
      credentials: 'same-origin',
      signal: AbortSignal.any([stop, broken.signal]),
    })
    if (!response.ok || response.body === null) return
    onUp(true)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      clearTimeout(timer)
      timer = setTimeout(giveUp, silenceMs)
      if (value.includes('data:')) onNews()
    }
  } catch {
    // The line is opened again; that it is down is shown.
  } finally {
    clearTimeout(timer)
    onUp(false)
  }
}

const listen: PairingPorts['listen'] = (onNews, onUp) => {
  const stop = new AbortController()
  const follow = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await readEvents(onNews, onUp, stop.signal)
      if (!stop.signal.aborted) await new Promise((resolve) => setTimeout(resolve, reopenMs))
    }
  }
  void follow()
  return () => stop.abort()
}

const portsOf = (store: OwnStore, accountId: string): PairingPorts => ({
  read: () => readKept(store, accountId),
  // The vault takes no `undefined`.
  write: (kept) => store.write(accountId, kept ?? null),
  newId: () => v7(),
  open: (id, partner) =>
    client.call(openPairing, { body: { id, ...(partner === undefined ? {} : { partner }) } }),
  mine: () => client.call(readOwnPairings, {}),
  facts: (pairing, after) => client.call(readPairing, { query: { pairing, after } }),
  say: (pairingId, id, said) => client.call(sayInPairing, { body: { pairingId, id, said } }),
  end: (pairingId) => client.call(endPairing, { body: { pairingId } }),
  listen,
  after: (delayMs, act) => {
    const timer = setTimeout(act, delayMs)
    return () => clearTimeout(timer)
  },
})

export const askPartners = () => client.call(listPartners, {})

let opened: { readonly accountId: string; readonly line: PairingLine } | undefined

/** The line of whoever holds the phone; it goes on while other screens are open, and ends with the next account. */
export const pairingLineOf = (accountId: string, store: OwnStore): PairingLine => {
  if (opened?.accountId === accountId) return opened.line
  opened?.line.close()
  opened = { accountId, line: createPairingLine(portsOf(store, accountId)) }
  return opened.line
}
