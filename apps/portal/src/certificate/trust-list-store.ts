import { certificateKeys, type TrustList } from '@guankou/contract/certificates/trust-list.ts'
import { client } from '#src/me/me-client.ts'

const key = 'guankou-certificate-keys'

const kept = (): TrustList => {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? '[]') as TrustList | null) ?? []
  } catch {
    return []
  }
}

/** The trust list as the server has it; without a network the one read last. */
export const readTrustList = async (): Promise<TrustList> => {
  const answer = await client.call(certificateKeys, {})
  if (answer.is !== 'ok') return kept()
  try {
    localStorage.setItem(key, JSON.stringify(answer.value.keys))
  } catch {
    // Storage may be full or forbidden; the list is there for now.
  }
  return answer.value.keys
}
