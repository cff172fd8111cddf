import type { Rates } from '#src/http/rate-limits.ts'
import type { SecurityContact } from '#src/http/security-txt.ts'

/** How long a connection may take for what, in milliseconds, and how much it may bring. */
export type ConnectionLimits = {
  /** Until the header of a request is there. */
  readonly headersMs: number
  /** Until the whole request is there; a phone on a poor line sends a full batch of 4 MiB. */
  readonly requestMs: number
  /** Without a byte either way; streams say something every 15 s. */
  readonly idleMs: number
  readonly headerBytes: number
  readonly connections: number
}

export const usualConnectionLimits: ConnectionLimits = {
  headersMs: 15_000,
  requestMs: 120_000,
  idleMs: 90_000,
  headerBytes: 16_384,
  connections: 10_000,
}

/** How the server meets the network. */
export type EdgeSettings = {
  /** Whether `X-Forwarded-*` of a proxy in front is believed. */
  readonly trustProxy?: boolean
  readonly rates?: Rates
  readonly connection?: Partial<ConnectionLimits>
  readonly securityContact?: SecurityContact
}
