import { createClient } from '@guankou/contract/client.ts'
import { type PublicNotice, publicNotice } from '@guankou/contract/responses/endpoints.ts'

const client = createClient((url, init) => fetch(url, init), { front: 'portal' })

/** The notice, or null where it could not be read. */
export const readNotice = async (): Promise<PublicNotice | null> => {
  const answer = await client.call(publicNotice, {})
  return answer.is === 'ok' ? answer.value : null
}
