import { type HouseholdSoughtKind, householdSoughtKinds } from '@guankou/contract/households/look-up.ts'
import { useGo, useSearchPart } from '#src/layout/go.ts'
import { paths, readAreaView } from '#src/path-builder.ts'

/** What a household is looked up by, and the number of a door; never who: that would stay in the history of the browser. */
export type HouseholdView = {
  readonly kind?: HouseholdSoughtKind
  readonly door?: string
  readonly keys?: boolean
}

type Search = Readonly<Record<string, unknown>>
const present = <T extends object>(view: { readonly [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined)) as T

/** Whatever is malformed counts as left out. */
export const readHouseholdView = (search: Search): HouseholdView => {
  const { kind, door } = search
  return present<Required<HouseholdView>>({
    kind: householdSoughtKinds.find((each) => each === kind),
    door: typeof door === 'string' && /^[0-9a-f-]{36}$/.test(door) ? door : undefined,
    keys: readAreaView(search).keys,
  })
}

export const useHouseholdView = () => {
  const view = readHouseholdView(useSearchPart())
  const go = useGo()
  const change = (part: { readonly [K in keyof HouseholdView]?: HouseholdView[K] | undefined }): void =>
    go(paths.household, { ...view, ...part }, 'replace')
  return { view, change }
}
