import { useGo, useSearchPart } from '#src/layout/go.ts'
import { paths, readAreaView } from '#src/path-builder.ts'

/** What the address of the page Community rounds says. */
export type RoundsView = {
  readonly area?: number
  readonly view?: 'map' | 'table'
  /** The grid cell whose figures and doors are shown. */
  readonly cell?: number
  /** Left out: doors that are overdue. */
  readonly show?: 'due'
  /** The form that is open: for tasks, for a new team, or for the one that `team` names. */
  readonly form?: 'ask' | 'team'
  readonly team?: string
  readonly keys?: boolean
}

type Search = Readonly<Record<string, unknown>>
const present = <T extends object>(view: { readonly [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined)) as T

const cellOf = (value: unknown): number | undefined => {
  const number = Number(value)
  return Number.isInteger(number) && number > 0 && number <= 2_147_483_647 ? number : undefined
}

/** Whatever is malformed counts as left out. */
export const readRoundsView = (search: Search): RoundsView => {
  const { area, keys } = readAreaView(search)
  const { view, show, form, team } = search
  return present<Required<RoundsView>>({
    area,
    keys,
    view: view === 'map' || view === 'table' ? view : undefined,
    cell: cellOf(search.cell),
    show: show === 'due' ? show : undefined,
    form: form === 'ask' || form === 'team' ? form : undefined,
    team: typeof team === 'string' && /^\d{6}-\d{1,10}$/.test(team) ? team : undefined,
  })
}

export const useRoundsView = () => {
  const view = readRoundsView(useSearchPart())
  const go = useGo()
  const change = (part: { readonly [K in keyof RoundsView]?: RoundsView[K] | undefined }): void =>
    go(paths.rounds, { ...view, ...part }, 'replace')
  return { view, change }
}
