import { useGo, useSearchPart } from '#src/layout/go.ts'
import { type OriginsView, paths, readOriginsView } from '#src/path-builder.ts'

/** The state of the page, which is its address, and the way to change it. */
export const useOriginsView = () => {
  const view = readOriginsView(useSearchPart())
  const go = useGo()
  /** `undefined` takes a part out of the address. */
  const change = (part: { readonly [K in keyof OriginsView]?: OriginsView[K] | undefined }): void =>
    go(paths.origins, { ...view, ...part }, 'replace')
  return { view, change }
}
