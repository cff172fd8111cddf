import { type FetchPort, frontHeader, urlOf } from '@guankou/contract/client.ts'
import { type ErrorBody, isErrorCode } from '@guankou/contract/errors.ts'
import {
  fetchPack,
  fetchPackContent,
  fetchPackDelta,
  fetchPackHead,
  type Pack,
  type PackDelta,
  type PackHead,
} from '@guankou/contract/sync/pack.ts'
import type { Missed, PackSource } from '@guankou/sync/download/fetch-parts.ts'
import { retryRuleOf } from '@guankou/sync/outbox/settle.ts'

type Fetch = (
  url: string,
  init: Parameters<FetchPort>[1],
) => Promise<{ readonly status: number; readonly text: () => Promise<string> }>

const missedOf = (text: string, hear: (code: string) => void): Missed => {
  try {
    const { code, retry, retryAfterSeconds } = JSON.parse(text) as Partial<ErrorBody>
    if (typeof code === 'string' && isErrorCode(code)) {
      hear(code)
      const refused = { is: 'refused', code, retry: retryRuleOf(code, retry ?? 'later') } as const
      return retryAfterSeconds === undefined ? refused : { ...refused, retryAfterSeconds }
    }
  } catch {
    // Something other than the server answered.
  }
  return { is: 'unreachable' }
}

/**
 * Asks for packs by version, which the typed client has no word for. Content and deltas are asked for like all else without the
 * browser’s own cache: what is in hand lies in the store of the app.
 */
export const createPackSource = (fetch: Fetch, hear: (code: string) => void): PackSource => {
  const get = async <T>(
    url: string,
    read: (text: string) => T,
    heldVersion?: string,
  ): Promise<{ readonly is: 'got'; readonly value: T } | { readonly is: 'not-modified' } | Missed> => {
    const headers = {
      [frontHeader]: 'field',
      ...(heldVersion === undefined ? {} : { 'if-none-match': `"${heldVersion}"` }),
    }
    try {
      const response = await fetch(url, { method: 'GET', headers, credentials: 'same-origin' })
      if (response.status === 304) return { is: 'not-modified' }
      const text = await response.text()
      return response.status === 200 ? { is: 'got', value: read(text) } : missedOf(text, hear)
    } catch {
      return { is: 'unreachable' }
    }
  }
  const part = async <T>(url: string, read: (text: string) => T) => {
    const got = await get(url, read)
    return got.is === 'not-modified' ? ({ is: 'unreachable' } as const) : got
  }
  return {
    head: (heldVersion) => get(urlOf(fetchPackHead), (text) => JSON.parse(text) as PackHead, heldVersion),
    content: (division, version) => part(urlOf(fetchPackContent, { division, version }), (text) => text),
    delta: (division, from, to) =>
      part(urlOf(fetchPackDelta, { division, from, to }), (text) => JSON.parse(text) as PackDelta),
    whole: async (heldVersion) => {
      const got = await get(urlOf(fetchPack), (text) => JSON.parse(text) as Pack, heldVersion)
      return got.is === 'got' ? { is: 'pack', pack: got.value } : got
    },
  }
}
