import { contactDevice } from '@guankou/contract/access/device-contact.ts'
import { bindDevice, enrolDevice } from '@guankou/contract/access/enrolment.ts'
import { readSession, signIn, signOut } from '@guankou/contract/access/session.ts'
import { type Answer, createClient, type FetchPort } from '@guankou/contract/client.ts'
import type { BodyOf } from '@guankou/contract/endpoint.ts'
import { listHandovers, readHandoverNames } from '@guankou/contract/handovers/endpoints.ts'
import { readHealth } from '@guankou/contract/health.ts'
import { confirmMatch } from '@guankou/contract/matching/endpoints.ts'
import { listOwnDispatches, readCrewHealth, readPost } from '@guankou/contract/posts/endpoints.ts'
import { readPassages } from '@guankou/contract/screening/passages.ts'
import { type PushBody, pushCommands } from '@guankou/contract/sync/push.ts'
import { createPackSource } from './pack-source.ts'

/** A request without an answer is given up after this time; a batch then counts as unreachable and goes again. */
const patienceMs = 30_000

const patientFetch = (url: string, init: Parameters<FetchPort>[1]): Promise<Response> =>
  fetch(url, { ...init, cache: 'no-store', signal: AbortSignal.timeout(patienceMs) })

/** A vehicle stands at the barrier: who was in it before is worth this long a wait, and no longer. */
const passagesPatienceMs = 4_000

const hastyFetch: FetchPort = (url, init) =>
  fetch(url, { ...init, cache: 'no-store', signal: AbortSignal.timeout(passagesPatienceMs) })

/** Told of every refusal, whatever was asked. */
export type HearRefusal = (code: string) => void

/** Everything the phone says to the server. */
export const createTransport = (hear: HearRefusal) => {
  const client = createClient(patientFetch, { front: 'field' })
  const quickClient = createClient(hastyFetch, { front: 'field' })
  const heard = <T>(answer: Answer<T>): Answer<T> => {
    if (answer.is === 'refused') hear(answer.error.code)
    return answer
  }
  return {
    push: async (body: PushBody) => heard(await client.call(pushCommands, { body })),
    packSource: createPackSource(patientFetch, hear),
    bind: (body: BodyOf<typeof bindDevice>) => client.call(bindDevice, { body }),
    enrol: (body: BodyOf<typeof enrolDevice>) => client.call(enrolDevice, { body }),
    contact: (body: BodyOf<typeof contactDevice>) => client.call(contactDevice, { body }),
    async readServerClock(): Promise<number | undefined> {
      const answer = await client.call(readHealth, {})
      return answer.is === 'ok' ? Date.parse(answer.value.now) : undefined
    },
    confirmMatch: (body: BodyOf<typeof confirmMatch>) => client.call(confirmMatch, { body }),
    readPost: (postId: number) => client.call(readPost, { query: { postId } }),
    readOwnDispatches: () => client.call(listOwnDispatches, {}),
    readCrewHealth: (postId: number) => client.call(readCrewHealth, { query: { postId } }),
    passages: async (plate: string) => heard(await quickClient.call(readPassages, { body: { plate } })),
    readSession: () => client.call(readSession, {}),
    signIn: (token: string, device: { readonly id: string; readonly label: string }) =>
      client.call(signIn, { body: { token, device } }),
    listHandovers: (area: number) => client.call(listHandovers, { query: { area } }),
    readHandoverNames: (query: { readonly jurisdiction: number; readonly id: string }) =>
      client.call(readHandoverNames, { query }),
    signOut: () => client.call(signOut, { body: {} }),
    /** For screens that are fetched later, with what they ask. */
    call: client.call,
  }
}

export type Transport = ReturnType<typeof createTransport>
