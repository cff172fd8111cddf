import type { Role } from '@guankou/contract/roles.ts'
import type { SignInSettings } from '#src/sign-in/settings.ts'

/** For how long a factor that was proved counts as recent. */
const recentMs = 15 * 60_000

/** A desk that nobody calls from for an hour has been left. */
const usualIdleMinutes = 60

/** Roles that can change who may do what, or see what nobody else sees. */
const guardedRoles: readonly Role[] = ['administrator', 'data-protection-officer', 'auditor']

export type SignInPolicy = {
  /** Whether an account of this role must have a second factor. */
  readonly needsSecondFactor: (role: Role) => boolean
  /** Until when a proof counts as recent, Unix time in milliseconds. */
  readonly provedUntilMs: (factorAtMs: number | null) => number
  /** After how long without a call a session at a desk ends, milliseconds. Phones lock themselves. */
  readonly idleMs: () => number
}

/**
 * What a city asks for beside the sign-in itself. A demo city asks for nothing, so that its one-time links open every
 * page at once, unless the settings say otherwise.
 * @param isDemo  asked each time: a city may be installed while the server runs
 */
export const createSignInPolicy = (
  settings: Pick<SignInSettings, 'secondFactorRoles' | 'recentFactor' | 'idleMinutes'>,
  isDemo: () => boolean,
): SignInPolicy => ({
  needsSecondFactor: (role) => (settings.secondFactorRoles ?? (isDemo() ? [] : guardedRoles)).includes(role),
  provedUntilMs: (factorAtMs) => {
    if (!(settings.recentFactor ?? !isDemo())) return Number.POSITIVE_INFINITY
    return factorAtMs === null ? 0 : factorAtMs + recentMs
  },
  idleMs: () => (settings.idleMinutes ?? (isDemo() ? Number.POSITIVE_INFINITY : usualIdleMinutes)) * 60_000,
})
