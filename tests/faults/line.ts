import { signIn } from '@guankou/contract/access/session.ts'
import {
  type Client,
  createClient,
  type FetchPort,
  type FrontName,
  frontHeader,
} from '@guankou/contract/client.ts'
import type { Person } from './system.ts'

const answerWithinMs = 20_000

/** The platform's fetch, which gives up on a server that neither answers nor goes. */
const boundedFetch: FetchPort = (url, init) =>
  fetch(url, { ...init, signal: AbortSignal.timeout(answerWithinMs) })

export type Session = { readonly client: Client; readonly bearer: string }

/** Signs somebody in by link, enrolling a device where one is named. */
export const openSession = async (
  origin: string,
  front: FrontName,
  person: Person,
  device?: { readonly id: string; readonly label: string },
): Promise<Session> => {
  const response = await fetch(origin + signIn.path, {
    method: signIn.method,
    headers: { 'content-type': 'application/json', [frontHeader]: front },
    body: JSON.stringify({ token: person.linkToken, ...(device === undefined ? {} : { device }) }),
    signal: AbortSignal.timeout(answerWithinMs),
  })
  const cookie = new RegExp(`guankou_${front}=([^;]+)`).exec(response.headers.get('set-cookie') ?? '')
  if (cookie?.[1] === undefined) throw new Error(`sign-in of ${person.login} answered ${response.status}`)
  const bearer = `Bearer ${cookie[1]}`
  return {
    bearer,
    client: createClient(boundedFetch, { front, base: origin, headers: { authorization: bearer } }),
  }
}
