/** A data key as it lies in the database: which generation of the master key wrapped it, and the wrapped bytes. */
export type WrappedKey = { readonly generation: string; readonly wrapped: Buffer }

/**
 * Whatever holds the master key: this installation, or a key service of the city. The master key never leaves it; data
 * keys go in to be wrapped and come out unwrapped.
 */
export type KeyService = {
  /** What a person calls it, for `guankou keys status`. */
  readonly name: string
  /** The generation that wraps new keys. */
  readonly keyId: () => Promise<string>
  /** Generations that can still unwrap, oldest first. */
  readonly generations: () => Promise<readonly string[]>
  /** @param place  what the key is for; unwrapping for anything else fails */
  readonly wrap: (key: Buffer, place: string) => Promise<WrappedKey>
  readonly unwrap: (wrapped: WrappedKey, place: string) => Promise<Buffer>
  /** Begins a new generation. @returns its name   @throws KeyServiceError where this is not ours to do */
  readonly rotate: () => Promise<string>
  /** Ends a generation for good; the caller has seen to it that nothing needs it. */
  readonly retire: (generation: string) => Promise<void>
}

/** Thrown where the key service does not answer: trying again later helps, and until then no identity can be read. */
export class KeyServiceUnavailableError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`the key service does not answer: ${reason}`, options)
    this.name = 'KeyServiceUnavailableError'
  }
}

/** Thrown where the key service answered and said no: a wrong token, a generation that is gone, a damaged key. */
export class KeyServiceError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'KeyServiceError'
  }
}
