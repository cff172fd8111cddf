import type { ErrorCode } from '@guankou/contract/errors.ts'

/**
 * Where a browser goes after the identity provider: the console, or its sign-in page with the reason, behind `#` so
 * that it reaches no log on the way.
 */
export const signInPage = (failed?: ErrorCode): string =>
  failed === undefined ? '/console/' : `/console/sign-in#failed=${failed}`
