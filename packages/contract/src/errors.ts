import { accessErrors } from './errors/access.ts'
import { auditErrors } from './errors/audit.ts'
import { declarationsErrors } from './errors/declarations.ts'
import { devicesErrors } from './errors/devices.ts'
import type { ErrorEntry, RetryRule } from './errors/error-entry.ts'
import { exportErrors } from './errors/exports.ts'
import { handoverErrors } from './errors/handovers.ts'
import { householdsErrors } from './errors/households.ts'
import { identityErrors } from './errors/identity.ts'
import { matchingErrors } from './errors/matching.ts'
import { monitoringErrors } from './errors/monitoring.ts'
import { originErrors } from './errors/origin.ts'
import { pairingErrors } from './errors/pairing.ts'
import { paperErrors } from './errors/paper.ts'
import { postsErrors } from './errors/posts.ts'
import { quarantineErrors } from './errors/quarantine.ts'
import { requestErrors } from './errors/request.ts'
import { rescreenErrors } from './errors/rescreen.ts'
import { retentionErrors } from './errors/retention.ts'
import { screeningErrors } from './errors/screening.ts'
import { subjectAccessErrors } from './errors/subject-access.ts'
import { testingErrors } from './errors/testing.ts'
import { worklistErrors } from './errors/worklists.ts'
import type { Bilingual } from './primitives.ts'

/** Every refusal there is, by capability. Clients branch on the code, never on the text. */
export const errors = {
  ...requestErrors,
  ...accessErrors,
  ...auditErrors,
  ...devicesErrors,
  ...screeningErrors,
  ...identityErrors,
  ...exportErrors,
  ...retentionErrors,
  ...subjectAccessErrors,
  ...testingErrors,
  ...monitoringErrors,
  ...matchingErrors,
  ...originErrors,
  ...postsErrors,
  ...handoverErrors,
  ...declarationsErrors,
  ...worklistErrors,
  ...pairingErrors,
  ...paperErrors,
  ...householdsErrors,
  ...quarantineErrors,
  ...rescreenErrors,
} as const satisfies Readonly<Record<string, ErrorEntry>>

export type ErrorCode = keyof typeof errors

export const isErrorCode = (value: string): value is ErrorCode => Object.hasOwn(errors, value)

/** A refusal as a value: what was refused, and where in the input (JSON Pointer, RFC 6901). */
export type Refusal = {
  readonly code: ErrorCode
  readonly path?: string
  /** Seconds after which the same may succeed, where that is known. */
  readonly retryAfterSeconds?: number
}

/** The body of every answer that is not a success. */
export type ErrorBody = {
  readonly code: ErrorCode
  readonly retry: RetryRule
  readonly text: Bilingual
  readonly path?: string
  readonly detail?: string
  readonly retryAfterSeconds?: number
  readonly correlationId?: string
}
