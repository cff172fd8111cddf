import { readSession, signIn, signOut } from '@guankou/contract/access/session.ts'
import { createClient, type FetchPort, urlOf } from '@guankou/contract/client.ts'
import { type ErrorBody, isErrorCode } from '@guankou/contract/errors.ts'
import { readHealth } from '@guankou/contract/health.ts'
import { fetchPack, type Pack } from '@guankou/contract/sync/pack.ts'
import { type PushBody, pushCommands } from '@guankou/contract/sync/push.ts'
import type { PackAnswer } from '@guankou/sync/download/runner.ts'
import { retryRuleOf } from '@guankou/sync/outbox/settle.ts'

/** A request without an answer is given up after this time; a batch then counts as unreachable and goes again. */
const patienceMs = 30_000

const patientFetch: FetchPort = (url, init) =>
  fetch(url, { ...init, cache: 'no-store', signal: AbortSignal.timeout(patienceMs) })

const refusalOf = (text: string): PackAnswer => {
  try {
    const { code, retry } = JSON.parse(text) as Partial<ErrorBody>
    if (typeof code === 'string' && isErrorCode(code))
      return { is: 'refused', retry: retryRuleOf(code, retry ?? 'later') }
  } catch {
    // Something other than the server answered.
  }
  return { is: 'unreachable' }
}

/** The pack is asked for by its version, which the typed client has no word for. */
const askForPack = async (heldVersion: string | undefined): Promise<PackAnswer> => {
  const headers: Record<string, string> =
    heldVersion === undefined ? {} : { 'if-none-match': `"${heldVersion}"` }
  try {
    const response = await patientFetch(urlOf(fetchPack), {
      method: 'GET',
      headers,
      credentials: 'same-origin',
    })
    if (response.status === 304) return { is: 'not-modified' }
    const text = await response.text()
    if (response.status !== 200) return refusalOf(text)
    return { is: 'pack', pack: JSON.parse(text) as Pack }
  } catch {
    return { is: 'unreachable' }
  }
}

/** Everything the phone says to the server. */
export const createTransport = () => {
  const client = createClient(patientFetch)
  return {
    push: (body: PushBody) => client.call(pushCommands, { body }),
    askForPack,
    async readServerClock(): Promise<number | undefined> {
      const answer = await client.call(readHealth, {})
      return answer.is === 'ok' ? Date.parse(answer.value.now) : undefined
    },
    readSession: () => client.call(readSession, {}),
    signIn: (token: string, device: { readonly id: string; readonly label: string }) =>
      client.call(signIn, { body: { token, device } }),
    signOut: () => client.call(signOut, { body: {} }),
  }
}

export type Transport = ReturnType<typeof createTransport>
