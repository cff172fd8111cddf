import type { IssuedDeclaration } from '@guankou/domain/declarations/pack-declaration.ts'
import { fillIn } from '#src/lane/declared-draft.ts'
import type { Draft } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import type { RulesInForce } from '#src/lane/reference.ts'

/** What a declaration at the lane is filled into, and the rules that list its symptoms. */
export type DeclarationPart = {
  readonly draft: Draft
  readonly act: (action: DraftAction) => void
  readonly rules: RulesInForce
  /** Records the vehicle as it is entered, and lets the next one come where it passed. */
  readonly pass: () => void
}

/** Fills a declaration in; where everyone was seen and is under the threshold, the vehicle passes with it. */
export const takeDeclaration = (
  { draft, act, rules, pass }: DeclarationPart,
  issued: IssuedDeclaration,
  passes: boolean,
): void => {
  const nowMs = Date.now()
  act(fillIn(draft, issued, rules, nowMs))
  if (!passes) return
  act({ do: 'under-threshold', at: new Date(nowMs).toISOString(), everyone: true })
  pass()
}
