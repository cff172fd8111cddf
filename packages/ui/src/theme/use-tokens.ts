import { useSyncExternalStore } from 'react'
import type { Tokens } from '#src/theme/parse-tokens.ts'
import { readTokens } from '#src/theme/read-tokens.ts'

let read: { readonly theme: string | undefined; readonly tokens: Tokens } | undefined

const current = (): Tokens => {
  const theme = document.documentElement.dataset.theme
  if (read === undefined || read.theme !== theme)
    read = { theme, tokens: readTokens(document.documentElement) }
  return read.tokens
}

const subscribe = (changed: () => void): (() => void) => {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

/** The colours in force on the page, anew whenever the theme changes. */
export const useTokens = (): Tokens => useSyncExternalStore(subscribe, current)
