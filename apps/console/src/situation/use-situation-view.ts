import { useGo, useSearchPart } from '#src/layout/go.ts'
import { paths, readSituationView, type SituationView } from '#src/path-builder.ts'

/** The state of the page, which is its address, and the way to change it. */
export const useSituationView = () => {
  const view = readSituationView(useSearchPart())
  const go = useGo()
  /** `undefined` takes a part out of the address. */
  const change = (part: { readonly [K in keyof SituationView]?: SituationView[K] | undefined }): void =>
    go(paths.situation, { ...view, ...part }, 'replace')
  return { view, change }
}
