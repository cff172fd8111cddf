import { type Answer, createClient } from '@guankou/contract/client.ts'
import { pageMinutes } from '@guankou/contract/subject-access/endpoints.ts'

/** The client of the person's page; what opens the page travels in bodies, and never in a cookie. */
export const client = createClient((url, init) => fetch(url, { ...init, cache: 'no-store' }), {
  front: 'portal',
})

/** What opens a page, and until when. */
export type Pass = { readonly pass: string; readonly closesAtMs: number }

const key = 'guankou-page'

/** The pass of this tab: it survives a reload and ends with the tab. */
export const heldPass = {
  read: (nowMs: number): Pass | undefined => {
    try {
      const held = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Pass | null
      return held !== null && held.closesAtMs > nowMs ? held : undefined
    } catch {
      return undefined
    }
  },
  /** By the clock of this phone, which may be wrong about the server's. */
  keep: (pass: string, nowMs: number): Pass => {
    const held = { pass, closesAtMs: nowMs + pageMinutes * 60_000 }
    try {
      sessionStorage.setItem(key, JSON.stringify(held))
    } catch {
      // A browser that keeps nothing keeps it in memory.
    }
    return held
  },
  drop: (): void => {
    try {
      sessionStorage.removeItem(key)
    } catch {
      // Nothing was kept.
    }
  },
}

/** The code that a slip's QR code brought along, taken out of the address at once. */
export const codeInAddress = (): string => {
  const code = new URLSearchParams(window.location.hash.replace(/^#/, '')).get('code') ?? ''
  if (code !== '') window.history.replaceState(null, '', window.location.pathname + window.location.search)
  return code.toUpperCase().replace(/(.{4})(?=.)/g, '$1-')
}

/** A refusal in words, with the wait where one is known; undefined where nobody answered. */
export const refusalText = (
  answer: Exclude<Answer<unknown>, { is: 'ok' }>,
  language: 'zh' | 'en',
): { readonly text: string; readonly waitMinutes: number | undefined } | undefined =>
  answer.is === 'unreachable'
    ? undefined
    : {
        text: answer.error.text[language],
        waitMinutes:
          answer.error.retryAfterSeconds === undefined
            ? undefined
            : Math.ceil(answer.error.retryAfterSeconds / 60),
      }
