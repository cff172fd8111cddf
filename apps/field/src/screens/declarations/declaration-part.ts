import type { Draft } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import type { RulesInForce } from '#src/lane/reference.ts'

/** What a declaration at the lane is filled into, and the rules that list its symptoms. */
export type DeclarationPart = {
  readonly draft: Draft
  readonly act: (action: DraftAction) => void
  readonly rules: RulesInForce
}
