import type { CustodySide, HandoverState } from '@guankou/contract/handovers/vocabulary.ts'
import type { Database } from '@guankou/db/database.ts'
import {
  type HandoverFile,
  type HandoverKey,
  readHandoversBefore,
} from '@guankou/db/queries/handovers/handovers.ts'
import type { CustodyDoubt } from '@guankou/domain/handovers/custody.ts'
import { handoverCodeOf } from '@guankou/domain/handovers/handover-code.ts'
import { custodyOfRows, handoverKey } from '#src/use-cases/handovers/handover-facts.ts'
import { verdictOn } from '#src/use-cases/handovers/verify-signature.ts'

/** Files that are in memory at a time. */
const filesAtOnce = 200

/**
 * Something that must not be: a signature that does not hold, one for other content than was opened, a fact or an id that says
 * otherwise than its place, a fact that no device could have sent.
 */
export type HandoverFinding = {
  readonly jurisdiction: number
  readonly id: string
  readonly code: string
  readonly factId: string | null
  readonly side: CustodySide | null
  readonly is: 'wrong' | 'other-content' | 'unreadable' | 'misplaced'
}

/** Something that fits and still wants a look; it refuses nothing. */
export type HandoverDoubt = CustodyDoubt & {
  readonly jurisdiction: number
  readonly id: string
  readonly code: string
}

export type HandoversVerified = {
  readonly handovers: number
  readonly signatures: number
  /** Signed without having seen what was opened. */
  readonly byCode: number
  readonly states: Readonly<Partial<Record<HandoverState, number>>>
  readonly findings: readonly HandoverFinding[]
  readonly doubts: readonly HandoverDoubt[]
}

type Verified = Omit<HandoversVerified, 'handovers' | 'states'> & {
  readonly state: HandoverState | undefined
}

const isItsOwn = ({ key }: HandoverFile): boolean =>
  handoverKey(key.jurisdiction, key.id).occurredAt.getTime() === key.occurredAt.getTime()

/** Checks one hand-over from what is stored alone, as it is checked each time that somebody opens it. */
export const verifyFile = (file: HandoverFile): Verified => {
  const { key, facts } = file
  const about = { jurisdiction: key.jurisdiction, id: key.id, code: handoverCodeOf(key.id, key.jurisdiction) }
  const findings: HandoverFinding[] = []
  if (!isItsOwn(file)) findings.push({ ...about, factId: null, side: null, is: 'misplaced' })
  const signed = facts.filter(({ kind }) => kind === 'signed')
  let byCode = 0
  for (const fact of signed) {
    const verdict = verdictOn(file, fact)
    if (verdict === 'by-code') byCode += 1
    else if (verdict !== 'good')
      findings.push({ ...about, factId: fact.id, side: fact.side as CustodySide, is: verdict })
  }
  try {
    const { state, doubts } = custodyOfRows(key, facts)
    const told = doubts.map((doubt) => ({ ...about, ...doubt }))
    return { signatures: signed.length, byCode, state, findings, doubts: told }
  } catch {
    // A row that lacks what its kind needs: the table's own checks forbid it, so that somebody took them away.
    findings.push({ ...about, factId: null, side: null, is: 'unreadable' })
    return { signatures: signed.length, byCode, state: undefined, findings, doubts: [] }
  }
}

/** Checks every hand-over of some jurisdictions, some at a time. @param onProgress  how many so far */
export const verifyHandovers = async (
  { query }: Pick<Database, 'query'>,
  jurisdictions: readonly number[],
  onProgress: (done: number) => void = () => undefined,
): Promise<HandoversVerified> => {
  let [handovers, signatures, byCode] = [0, 0, 0]
  const states: Partial<Record<HandoverState, number>> = {}
  const findings: HandoverFinding[] = []
  const doubts: HandoverDoubt[] = []
  let before: HandoverKey | undefined
  for (;;) {
    const files = await readHandoversBefore(query, jurisdictions, { before, limit: filesAtOnce })
    for (const file of files) {
      const verified = verifyFile(file)
      signatures += verified.signatures
      byCode += verified.byCode
      if (verified.state !== undefined) states[verified.state] = (states[verified.state] ?? 0) + 1
      findings.push(...verified.findings)
      doubts.push(...verified.doubts)
    }
    handovers += files.length
    onProgress(handovers)
    before = files.at(-1)?.key
    if (files.length < filesAtOnce) return { handovers, signatures, byCode, states, findings, doubts }
  }
}
