/** Thrown where the server would call an address that nobody configured, or would be sent on by one. */
export class OutgoingRefusedError extends Error {
  constructor(origin: string) {
    super(`calls to ${origin} are not among the addresses that were configured`)
    this.name = 'OutgoingRefusedError'
  }
}

type Fetch = typeof globalThis.fetch

/** Scheme, host and port of addresses. @example originsOf(['https://a.example/x']) // ['https://a.example'] */
export const originsOf = (addresses: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(
    addresses.flatMap((each) => (each !== undefined && URL.canParse(each) ? [new URL(each).origin] : [])),
  ),
]

/**
 * A fetch that reaches the origins given and nothing else, and is never sent on: what an identity provider or a list
 * answers cannot make the server call into the city's own network (server-side request forgery, CWE-918).
 */
export const guardFetch = (fetch: Fetch, origins: readonly string[]): Fetch => {
  const allowed = new Set(origins)
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input)
    const origin = URL.canParse(address) ? new URL(address).origin : address.slice(0, 80)
    if (!allowed.has(origin)) throw new OutgoingRefusedError(origin)
    return fetch(input, { ...init, redirect: 'error' })
  }
}
