import type { Bilingual } from '#src/primitives.ts'

/**
 * When a client may send the same thing again.
 * `never`: only after a person changed it. `later`: by itself, with back-off. `after-sign-in`: once someone signed in.
 */
export const retryRules = ['never', 'later', 'after-sign-in'] as const
export type RetryRule = (typeof retryRules)[number]

export type ErrorEntry = { readonly status: number; readonly retry: RetryRule; readonly text: Bilingual }
