/** What a scanner says of bytes that somebody brought: harmless, known as harmful under a name, or not looked at. */
export type ScanVerdict =
  | { readonly is: 'clean' }
  | { readonly is: 'infected'; readonly signature: string }
  /** Nobody looked: no scanner is set up. */
  | { readonly is: 'not-scanned' }

/** Looks at whatever comes in from outside before anything else does. */
export type UploadScanner = {
  /** What a person calls it, for the log and the command line. */
  readonly name: string
  /** @throws ScannerUnavailableError where a scanner is set up and did not look: then the file must not be taken */
  readonly scan: (bytes: Uint8Array) => Promise<ScanVerdict>
}

/** Thrown where the scanner that was set up does not answer, or not as it should. */
export class ScannerUnavailableError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`the scanner of uploads does not answer: ${reason}`, options)
    this.name = 'ScannerUnavailableError'
  }
}

/** Where no scanner is set up: every file passes, and the verdict says that nobody looked. */
export const noScanner: UploadScanner = { name: 'none', scan: async () => ({ is: 'not-scanned' }) }
