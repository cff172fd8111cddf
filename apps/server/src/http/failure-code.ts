import type { ErrorCode } from '@guankou/contract/errors.ts'
import { isConnectionLost } from '@guankou/db/database.ts'
import { codeOfFrameworkError } from '#src/http/answers.ts'
import { InputError } from '#src/http/validation.ts'
import { KeyServiceUnavailableError } from '#src/identity/key-service.ts'
import { ScannerUnavailableError } from '#src/scanning/upload-scanner.ts'

/** The code under which a call that threw is audited: what was wrong with it, or `INTERNAL` for a bug of ours. */
export const codeOfFailure = (error: Error & { code?: string; statusCode?: number }): ErrorCode => {
  if (error instanceof InputError) return error.refusal.code
  const code = codeOfFrameworkError(error)
  if (code !== undefined) return code
  if (isConnectionLost(error)) return 'DATABASE_UNAVAILABLE'
  if (error instanceof ScannerUnavailableError) return 'SCANNER_UNAVAILABLE'
  return error instanceof KeyServiceUnavailableError ? 'KEY_SERVICE_UNAVAILABLE' : 'INTERNAL'
}
