import { useGo, useSearchPart } from '#src/layout/go.ts'
import { paths, readAreaView } from '#src/path-builder.ts'

/** What the address of the Quarantine page says. */
export type QuarantineView = {
  readonly area?: number
  /** Left out: those that are open. */
  readonly show?: 'all' | 'overdue'
  /** The form for an order is open. */
  readonly order?: boolean
  readonly keys?: boolean
}

/** What the address of an episode says: in which area, and which. */
export type EpisodeView = {
  readonly area?: number
  readonly episode?: string
  readonly keys?: boolean
}

type Search = Readonly<Record<string, unknown>>
const present = <T extends object>(view: { readonly [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined)) as T

/** Whatever is malformed counts as left out. */
export const readQuarantineView = (search: Search): QuarantineView => {
  const { area, keys } = readAreaView(search)
  const { show, order } = search
  return present<Required<QuarantineView>>({
    area,
    keys,
    show: show === 'all' || show === 'overdue' ? show : undefined,
    order: order === true ? true : undefined,
  })
}

export const readEpisodeView = (search: Search): EpisodeView => {
  const { area, keys } = readAreaView(search)
  const { episode } = search
  const isId = typeof episode === 'string' && /^[0-9a-f-]{36}$/.test(episode)
  return present<Required<EpisodeView>>({ area, keys, episode: isId ? episode : undefined })
}

export const useQuarantineView = () => {
  const view = readQuarantineView(useSearchPart())
  const go = useGo()
  const change = (part: { readonly [K in keyof QuarantineView]?: QuarantineView[K] | undefined }): void =>
    go(paths.quarantine, { ...view, ...part }, 'replace')
  return { view, change }
}
