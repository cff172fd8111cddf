import { useGo, useSearchPart } from '#src/layout/go.ts'
import { paths, readAreaView } from '#src/path-builder.ts'

/** What the address of the Hand-overs page says. */
export type HandoversView = {
  readonly area?: number
  /** Left out: those that are open. */
  readonly show?: 'all'
  /** The hand-over whose chain is open. */
  readonly handover?: string
  readonly keys?: boolean
}

/** Whatever is malformed counts as left out. */
export const readHandoversView = (search: Readonly<Record<string, unknown>>): HandoversView => {
  const { handover, show } = search
  const { area, keys } = readAreaView(search)
  const view = {
    area,
    keys,
    show: show === 'all' ? show : undefined,
    handover: typeof handover === 'string' && /^[0-9a-f-]{36}$/.test(handover) ? handover : undefined,
  }
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined))
}

export const useHandoversView = () => {
  const view = readHandoversView(useSearchPart())
  const go = useGo()
  const change = (part: { readonly [K in keyof HandoversView]?: HandoversView[K] | undefined }): void =>
    go(paths.handovers, { ...view, ...part }, 'replace')
  return { view, change }
}
