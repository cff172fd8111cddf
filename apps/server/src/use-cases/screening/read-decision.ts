import type { RiskArea, RuleSet } from '@guankou/contract/responses/response.ts'
import type { DecisionView, TravellerDecision } from '@guankou/contract/screening/decisions.ts'
import { type Disposition, dispositions } from '@guankou/contract/screening/dispositions.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readAccountNames } from '@guankou/db/queries/identity-access/read-accesses.ts'
import {
  type FindingCorrection,
  readFindingCorrections,
} from '@guankou/db/queries/screening/finding-corrections.ts'
import { type AnsweredOverride, readOverridesOf } from '@guankou/db/queries/screening/overrides.ts'
import {
  findDecision,
  readTravellerDecisions,
  type StoredDecision,
  type StoredTravellerDecision,
} from '@guankou/db/queries/screening/read-decisions.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { correctable } from '@guankou/domain/screening/correct-findings.ts'
import { overrideBound, standingDisposition } from '@guankou/domain/screening/override.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { areaNamesIn } from '#src/reference/area-names.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { foundOf } from '#src/use-cases/screening/correct-findings.ts'
import { standingOverride } from '#src/use-cases/screening/override-facts.ts'
import { replayStored, rulesOf } from '#src/use-cases/screening/replay-decisions.ts'
import { correctedView } from '#src/use-cases/screening/show-corrected.ts'
import { namesOfOverrides, showOverrides } from '#src/use-cases/screening/show-override.ts'

/** Whether an area was at risk on any day of the window that ends with the day of a screening. */
const countsOn = (risk: RiskArea, day: string, windowDays: number): boolean =>
  risk.from <= day && (risk.until ?? day) >= addDays(day, -windowDays)

const rulesView = (ruleSet: RuleSet | undefined, day: string): DecisionView['rules'] =>
  ruleSet === undefined
    ? null
    : {
        feverThresholdCelsius: ruleSet.feverThresholdCelsius,
        exposureWindowDays: ruleSet.exposureWindowDays,
        rules: [...ruleSet.rules],
        riskAreas: ruleSet.riskAreas
          .filter((risk) => countsOn(risk, day, ruleSet.exposureWindowDays))
          .map((risk) => ({ ...risk, area: areaNamesIn(ruleSet, risk.areaCode) })),
        overridesTo: [...(ruleSet.overrides?.to ?? dispositions)],
        symptoms: ruleSet.symptoms.map(({ code, name }) => ({ code, name })),
      }

const travellerView = async (
  context: ServerContext,
  traveller: StoredTravellerDecision,
  ruleSet: RuleSet | undefined,
  { overrides, names, corrections, day }: About,
): Promise<TravellerDecision> => {
  const own = overrides.filter(({ seat }) => seat === traveller.seat)
  const put = corrections.filter(({ seat }) => seat === traveller.seat)
  const disposition = traveller.disposition as Disposition
  return {
    seat: traveller.seat,
    seatLabel: traveller.seatLabel,
    fever: traveller.fever as TravellerDecision['fever'],
    exposure: traveller.exposure as TravellerDecision['exposure'],
    contactWithCase: traveller.contactWithCase,
    readings: [...traveller.readings],
    exposures: traveller.exposures.map((exposure) => ({
      ...exposure,
      area: areaNamesIn(ruleSet, exposure.areaCode),
    })),
    symptoms: traveller.symptoms.map((code) => ({
      ...(ruleSet?.symptoms.find((symptom) => symptom.code === code)?.name ?? { zh: code, en: code }),
    })),
    listed: traveller.listed.map(({ reason, confirmed }) => ({ reason, confirmed })),
    recorded: correctable(foundOf(traveller)),
    certificates: [...(traveller.certificates ?? [])],
    ...(await correctedView(context, { traveller, corrections: put, names, ruleSet, day })),
    disposition,
    ruleIds: [...traveller.ruleIds],
    standing: standingDisposition(disposition, own.map(standingOverride)),
    bound: overrideBound(traveller.ruleIds, ruleSet?.rules ?? []),
    overrides: await showOverrides(context, own, names),
  }
}

type Names = Awaited<ReturnType<typeof namesOfOverrides>>
type About = {
  readonly overrides: readonly AnsweredOverride[]
  readonly corrections: readonly FindingCorrection[]
  readonly names: Names
  readonly day: string
}

const viewOf = async (
  context: ServerContext,
  stored: StoredDecision,
  travellers: readonly StoredTravellerDecision[],
  about: About,
): Promise<DecisionView> => {
  const reference = context.reference.current()
  const ruleSet = rulesOf(reference, stored)
  const { responseId } = stored
  const name = reference.response(responseId)?.name ?? { zh: responseId, en: responseId }
  return {
    screeningId: stored.id,
    jurisdiction: stored.jurisdiction,
    postId: stored.postId,
    lane: stored.lane,
    occurredAt: stored.occurredAt.toISOString(),
    recordedAt: stored.recordedAt.toISOString(),
    day: stored.day,
    fromPaper: stored.fromPaper,
    conveyanceKind: stored.conveyanceKind as DecisionView['conveyanceKind'],
    disposition: stored.disposition as Disposition,
    response: { id: responseId, name: { ...name } },
    rulesVersion: stored.rulesVersion,
    rules: rulesView(ruleSet, stored.day),
    travellers: await Promise.all(
      travellers.map((traveller) => travellerView(context, traveller, ruleSet, about)),
    ),
    differences: replayStored(reference, stored, travellers).map((each) => ({ ...each })),
  }
}

/** Why a screening ended as it did, by the rules of that hour; that it was read is audited. */
export const readDecision = (
  context: ServerContext,
  actor: Actor,
  screeningId: string,
): Promise<Result<DecisionView>> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    const occurredAt = new Date(uuidTimeMs(screeningId))
    const stored = await findDecision(transaction, { id: screeningId, occurredAt })
    if (stored === undefined) return refused('UNKNOWN_SCREENING', '/screening')
    const travellers = await readTravellerDecisions(transaction, [stored])
    const overrides = await readOverridesOf(transaction, {
      jurisdiction: stored.jurisdiction,
      occurredAt,
      screeningId,
    })
    const corrections = await readFindingCorrections(
      transaction,
      travellers.map(({ seat }) => ({ jurisdiction: stored.jurisdiction, occurredAt, screeningId, seat })),
    )
    const names = new Map([
      ...(await namesOfOverrides(transaction, overrides)),
      ...(await readAccountNames(
        transaction,
        corrections.map(({ accountId }) => accountId),
      )),
    ])
    const act = { action: 'screening.decision', subject: screeningId, outcome: 'done', detail: null }
    await auditIdentity(transaction, actor, act, context.now())
    return done(await viewOf(context, stored, travellers, { overrides, names, corrections, day: stored.day }))
  })
