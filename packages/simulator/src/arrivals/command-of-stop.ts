import type { RuleSet } from '@guankou/contract/responses/response.ts'
import type { RecordScreening, Traveller } from '@guankou/contract/screening/record-screening.ts'
import type { EvidenceKind } from '@guankou/contract/screening/vocabulary.ts'
import { drawExposures, type RiskDay } from '#src/arrivals/exposures.ts'
import type { Stop } from '#src/arrivals/post-day.ts'
import { takeReadings } from '#src/arrivals/readings.ts'
import type { HealthModel } from '#src/arrivals/scenario.ts'
import { uuidV7FromRandom } from '#src/arrivals/uuid-v7.ts'
import { drawDocument, drawName, drawPhone, givesPhone } from '#src/people/synthetic-documents.ts'
import { drawConveyance } from '#src/people/synthetic-plates.ts'
import { happens, pick, type Random } from '#src/random/stream.ts'

export type CommandContext = {
  readonly responseId: string
  readonly ruleSet: RuleSet
  readonly health: HealthModel
  readonly risk: RiskDay
  /** The city's own division, at home in which are most who do not live where they come from. */
  readonly cityCode: number
}

/** What the contract can hold for a queue: more than anybody at a barrier counts. */
const longestQueue = 999

/** Of those who have a symptom, so many have one more, and so on. */
const oneMoreSymptom = 0.3
/** Of those with a fever, so many have symptoms as well. */
const febrileWithSymptoms = 0.5

const drawSymptoms = (probability: number, ruleSet: RuleSet, random: Random): string[] => {
  if (ruleSet.symptoms.length === 0 || !happens(random, probability)) return []
  const chosen = new Set([pick(random, ruleSet.symptoms).code])
  while (chosen.size < ruleSet.symptoms.length && happens(random, oneMoreSymptom))
    chosen.add(pick(random, ruleSet.symptoms).code)
  return [...chosen]
}

const ticketed: ReadonlySet<string> = new Set(['train', 'flight', 'ferry', 'coach'])

/** Most people are at home where they come from; the others are on their way back. */
const livesAtOrigin = 0.85

const drawTraveller = (stop: Stop, index: number, context: CommandContext): Traveller => {
  const { originCode, measured, random, method, startedMs, laneEndMs } = stop
  const { health, ruleSet, risk, cityCode } = context
  const body = measured[index] ?? { bodyCelsius: health.normalCelsius, shownCelsius: health.normalCelsius }
  const homeCode = happens(random, livesAtOrigin) ? originCode : cityCode
  const factor = risk.originsAtRisk.has(originCode) ? health.riskFactor : 1
  const isFebrile = body.shownCelsius >= ruleSet.feverThresholdCelsius
  const atMs = Math.floor(startedMs + ((laneEndMs - startedMs) * (index + 1)) / (measured.length + 1))
  const evidence: EvidenceKind = ticketed.has(stop.kind) ? 'ticket' : 'declared'
  return {
    seat: index + 1,
    name: drawName(homeCode, random),
    document: drawDocument(homeCode, random),
    ...(givesPhone(random) ? { phone: drawPhone(random) } : {}),
    origin: { code: originCode, evidence },
    exposures: drawExposures(originCode, risk, health.hiddenExposureShare, random),
    contactWithCase: happens(random, health.contactShare * factor),
    readings: takeReadings({ measured: body, method, atMs, ruleSet, health }, random),
    symptoms: drawSymptoms(isFebrile ? febrileWithSymptoms : health.symptomShare * factor, ruleSet, random),
  }
}

/** The command that an inspector would enter for a stop. May be called once only: it draws on the stop's own stream. */
export const commandOfStop = (stop: Stop, context: CommandContext): RecordScreening => ({
  kind: 'screening.record',
  schemaVersion: 1,
  id: uuidV7FromRandom(stop.occurredMs, stop.random),
  jurisdiction: stop.post.jurisdiction,
  postId: stop.post.id,
  lane: stop.lane,
  startedAt: new Date(stop.startedMs).toISOString(),
  occurredAt: new Date(stop.occurredMs).toISOString(),
  responseId: context.responseId,
  rulesVersion: context.ruleSet.version,
  conveyance: drawConveyance(
    { kind: stop.kind, originCode: stop.originCode, cityCode: context.cityCode },
    stop.random,
  ),
  queueVehicles: Math.min(longestQueue, stop.waiting),
  travellers: stop.measured.map((_, index) => drawTraveller(stop, index, context)),
})
