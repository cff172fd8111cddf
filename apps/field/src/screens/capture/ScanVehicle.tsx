import { draftFrom } from '@guankou/domain/declarations/draft-from.ts'
import { withDeclared } from '#src/lane/declared-draft.ts'
import { type Draft, isPlated } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import { LaneScan } from './LaneScan.tsx'

type Props = {
  readonly draft: Draft
  readonly act: (action: DraftAction) => void
  /** Codes of the symptoms that the rules in force ask about. */
  readonly symptoms: readonly string[]
}

/** Beside the plate: a code of a declaration, and the plate by camera where what came has one. */
export const ScanVehicle = ({ draft, act, symptoms }: Props) => (
  <LaneScan
    wants={isPlated(draft.kind) ? ['qr', 'plate'] : ['qr']}
    onRead={(result) => {
      if (result.is === 'plate') act({ do: 'plate-read', plate: result.plate })
      if (result.is === 'declaration')
        act({ do: 'replace', draft: withDeclared(draft, draftFrom(result.issued, symptoms), Date.now()) })
    }}
  />
)
