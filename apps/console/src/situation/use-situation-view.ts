import { useNavigate, useSearch } from '@tanstack/react-router'
import { paths, type SituationView } from '#src/path-builder.ts'

/** The state of the page, which is its address, and the way to change it. */
export const useSituationView = () => {
  const view: SituationView = useSearch({ strict: false })
  const navigate = useNavigate()
  /** `undefined` takes a part out of the address. */
  const change = (part: { readonly [K in keyof SituationView]?: SituationView[K] | undefined }): void => {
    void navigate({ to: paths.situation, search: { ...view, ...part } as SituationView, replace: true })
  }
  return { view, change }
}
