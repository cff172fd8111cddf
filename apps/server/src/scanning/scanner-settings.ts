import { createClamdScanner } from '#src/scanning/clamd-scanner.ts'
import { noScanner, type UploadScanner } from '#src/scanning/upload-scanner.ts'

/** Thrown where the setting cannot be used; says what it should look like. */
export class ScannerSettingsError extends Error {
  constructor(text: string) {
    super(`GUANKOU_UPLOAD_SCANNER is “${text}”; give clamd://host:3310. · 请写成 clamd://主机:3310。`)
    this.name = 'ScannerSettingsError'
  }
}

/**
 * The scanner that a city set up, or none.
 * @param text  `clamd://host:port`, from GUANKOU_UPLOAD_SCANNER
 * @throws ScannerSettingsError
 */
export const readUploadScanner = (text: string | undefined): UploadScanner => {
  if (text === undefined || text === '') return noScanner
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPlain = url !== undefined && url.href.replace(/\/$/, '') === `clamd://${url.host}`
  if (url === undefined || url.protocol !== 'clamd:' || url.hostname === '' || !isPlain)
    throw new ScannerSettingsError(text)
  return createClamdScanner({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 3_310 : Number(url.port),
  })
}
