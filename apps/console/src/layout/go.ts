import { defaultStringifySearch, useRouter, useRouterState } from '@tanstack/react-router'
import type { MouseEvent } from 'react'
import { consoleBase } from '#src/path-builder.ts'

/*
 * Pages go by addresses of the path builder. The router could check its own links by type, but it does so through one
 * global declaration per compilation, and two fronts are compiled together.
 */

/** The state in an address; `undefined` leaves a part out. */
export type ViewPart = Readonly<Record<string, unknown>>

/** The full address of a page of the console in a state. */
export const addressOf = (path: string, view: ViewPart = {}): string =>
  `${consoleBase}${path}${defaultStringifySearch({ ...view })}`

/** Goes to a page in a state; with `replace`, the way back leads past the present one. */
export const useGo = () => {
  const { history } = useRouter()
  return (path: string, view: ViewPart = {}, how: 'push' | 'replace' = 'push'): void =>
    history[how](addressOf(path, view))
}

/** The page on show, without the console's own base. */
export const usePath = (): string =>
  useRouterState({ select: (state) => state.location.pathname }).replace(consoleBase, '')

/** The state in the address as it was written; each page reads its own part of it. */
export const useSearchPart = (): ViewPart =>
  useRouterState({ select: (state): ViewPart => ({ ...state.location.search }) })

/** Follows a link inside the page, unless it was meant for another tab. */
export const followInside =
  (go: () => void) =>
  (event: MouseEvent): void => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go()
  }
