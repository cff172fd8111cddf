import { contactDevice } from '@guankou/contract/access/device-contact.ts'
import { bindDevice, enrolDevice } from '@guankou/contract/access/enrolment.ts'
import { readSession, signIn, signOut } from '@guankou/contract/access/session.ts'
import { type Answer, createClient, type FetchPort, frontHeader, urlOf } from '@guankou/contract/client.ts'
import type { BodyOf } from '@guankou/contract/endpoint.ts'
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

/** Told of every refusal, whatever was asked. */
export type HearRefusal = (code: string) => void

const refusalOf = (text: string, hear: HearRefusal): PackAnswer => {
  try {
    const { code, retry } = JSON.parse(text) as Partial<ErrorBody>
    if (typeof code === 'string' && isErrorCode(code)) {
      hear(code)
      return { is: 'refused', retry: retryRuleOf(code, retry ?? 'later') }
    }
  } catch {
    // Something other than the server answered.
  }
  return { is: 'unreachable' }
}

/** The pack is asked for by its version, which the typed client has no word for. */
const askForPack = async (heldVersion: string | undefined, hear: HearRefusal): Promise<PackAnswer> => {
  const headers: Record<string, string> = {
    [frontHeader]: 'field',
    ...(heldVersion === undefined ? {} : { 'if-none-match': `"${heldVersion}"` }),
  }
  try {
    const response = await patientFetch(urlOf(fetchPack), {
      method: 'GET',
      headers,
      credentials: 'same-origin',
    })
    if (response.status === 304) return { is: 'not-modified' }
    const text = await response.text()
    if (response.status !== 200) return refusalOf(text, hear)
    return { is: 'pack', pack: JSON.parse(text) as Pack }
  } catch {
    return { is: 'unreachable' }
  }
}

/** Everything the phone says to the server. */
export const createTransport = (hear: HearRefusal) => {
  const client = createClient(patientFetch, { front: 'field' })
  const heard = <T>(answer: Answer<T>): Answer<T> => {
    if (answer.is === 'refused') hear(answer.error.code)
    return answer
  }
  return {
    push: async (body: PushBody) => heard(await client.call(pushCommands, { body })),
    askForPack: (heldVersion: string | undefined) => askForPack(heldVersion, hear),
    bind: (body: BodyOf<typeof bindDevice>) => client.call(bindDevice, { body }),
    enrol: (body: BodyOf<typeof enrolDevice>) => client.call(enrolDevice, { body }),
    contact: (body: BodyOf<typeof contactDevice>) => client.call(contactDevice, { body }),
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
