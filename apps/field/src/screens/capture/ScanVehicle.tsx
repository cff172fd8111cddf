import { fillIn } from '#src/lane/declared-draft.ts'
import { type Draft, isPlated } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import type { RulesInForce } from '#src/lane/reference.ts'
import { LaneScan } from './LaneScan.tsx'

type Props = {
  readonly draft: Draft
  readonly act: (action: DraftAction) => void
  readonly rules: RulesInForce
}

/** Beside the plate: a code of a declaration, and the plate by camera where what came has one. */
export const ScanVehicle = ({ draft, act, rules }: Props) => (
  <LaneScan
    wants={isPlated(draft.kind) ? ['qr', 'plate'] : ['qr']}
    onRead={(result) => {
      if (result.is === 'plate') act({ do: 'plate-read', plate: result.plate })
      if (result.is === 'declaration') act(fillIn(draft, result.issued, rules, Date.now()))
    }}
  />
)
