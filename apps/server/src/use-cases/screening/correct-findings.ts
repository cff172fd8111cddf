import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { correctFindings as declared } from '@guankou/contract/screening/finding-corrections.ts'
import type { EvidenceKind } from '@guankou/contract/screening/vocabulary.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { executeIn, lockAuditHead, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  findRecordedFindings,
  insertFindingCorrection,
  type RecordedFindings,
  readFindingCorrections,
} from '@guankou/db/queries/screening/finding-corrections.ts'
import {
  correctionOf,
  type Found,
  findCorrectionRefusal,
  withCorrections,
} from '@guankou/domain/screening/correct-findings.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { rulesOf } from '#src/use-cases/screening/replay-decisions.ts'

type Input = BodyOf<typeof declared>
type Answer = OutputOf<typeof declared>

/** Where the words of a correction of findings belong. */
export const findingWordsPlace = (id: string): string => `screening-finding-correction|${id}|words`

/** What was found, as it was recorded. */
export const foundOf = (
  recorded: Pick<
    RecordedFindings,
    'originCode' | 'originEvidence' | 'contactWithCase' | 'symptoms' | 'readings' | 'exposures' | 'listed'
  >,
): Found => ({
  origin: { code: recorded.originCode, evidence: recorded.originEvidence as EvidenceKind },
  contactWithCase: recorded.contactWithCase,
  symptoms: [...recorded.symptoms],
  readings: [...recorded.readings],
  exposures: [...recorded.exposures],
  listed: [...recorded.listed],
})

type Words = { readonly sealed: Buffer | null; readonly isDestroyed: boolean }

const sealWords = async (
  { identity: { sealer } }: ServerContext,
  recorded: RecordedFindings,
  id: string,
  words: string | undefined,
): Promise<Words> => {
  if (words === undefined) return { sealed: null, isDestroyed: false }
  const sealed = await unlessDestroyed(sealer.sealText(recorded, findingWordsPlace(id), words))
  return { sealed, isDestroyed: sealed === null }
}

const write = async (
  context: ServerContext,
  transaction: AreaTransaction,
  actor: Actor,
  { recorded, input }: { readonly recorded: RecordedFindings; readonly input: Input },
): Promise<Result<Answer>> => {
  const { jurisdiction, occurredAt, screeningId, seat, day } = recorded
  const reference = context.reference.current()
  const ruleSet = rulesOf(reference, recorded)
  if (ruleSet === undefined) return refused('UNKNOWN_RULES_VERSION')
  await executeIn(transaction)(lockAuditHead(jurisdiction))
  const earlier = await readFindingCorrections(transaction, [recorded])
  const found = withCorrections(
    foundOf(recorded),
    earlier.map(({ after }) => after),
  )
  const terms = { reference, ruleSet, occurredAtMs: occurredAt.getTime(), day }
  const refusal = findCorrectionRefusal(found, input.findings, terms)
  if (refusal !== undefined) return { ok: false, refusal }
  // Their order is that of their times: two within one millisecond would have none.
  const at = new Date(Math.max(context.now(), (earlier.at(-1)?.madeAt.getTime() ?? 0) + 1))
  const id = v7({ msecs: at.getTime() })
  const words = await sealWords(context, recorded, id, input.words)
  if (words.isDestroyed) return refused('IDENTITY_DESTROYED')
  const { before, after } = correctionOf(found, input.findings)
  const { accountId, role, deviceId } = actor
  await insertFindingCorrection(transaction, {
    ...{ jurisdiction, occurredAt, screeningId, seat, day, id, before, after },
    ...{ ground: input.ground, wordsSealed: words.sealed, madeAt: at, accountId, role, deviceId },
  })
  const detail = `${id}, seat ${seat}, ${Object.keys(after).join(' ')}, ${input.ground}`
  const action = 'screening.correct-findings'
  const entry = { accountId, deviceId, action, subject: screeningId, outcome: 'recorded', detail }
  await recordAudit(executeIn(transaction), jurisdiction, [entry], at.getTime())
  return done({ id, recordedAt: at.toISOString() })
}

/** Puts beside what was found what it should have been; what was decided stays as it is. */
export const correctFindings = async (
  context: ServerContext,
  actor: Actor,
  input: Input,
): Promise<Result<Answer>> => {
  if (input.words?.isWellFormed() === false) return refused('TEXT_NOT_WELL_FORMED', '/words')
  const { screeningId, seat } = input
  return inArea(context.db, actor.areaCode, async (transaction): Promise<Result<Answer>> => {
    const occurredAt = new Date(uuidTimeMs(screeningId))
    const recorded = await findRecordedFindings(transaction, { screeningId, occurredAt, seat })
    if (recorded === undefined) return refused('UNKNOWN_SCREENING', '/screeningId')
    return write(context, transaction, actor, { recorded, input })
  })
}
