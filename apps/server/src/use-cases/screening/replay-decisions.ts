import type { ExposureLevel, FeverLevel, RuleSet } from '@guankou/contract/responses/response.ts'
import type { Disposition } from '@guankou/contract/screening/dispositions.ts'
import {
  type DecisionWindow,
  readDecisions,
  readTravellerDecisions,
  type StoredDecision,
  type StoredTravellerDecision,
} from '@guankou/db/queries/screening/read-decisions.ts'
import { type ReplayDifference, replayScreening } from '@guankou/domain/screening/replay.ts'
import type { ReferenceData } from '#src/reference/reference-cache.ts'

/** Screenings that are in memory at a time. */
const screeningsAtOnce = 500

/** The version of the rules that a screening names. */
export const rulesOf = (
  reference: Pick<ReferenceData, 'response'>,
  { responseId, rulesVersion }: Pick<StoredDecision, 'responseId' | 'rulesVersion'>,
): RuleSet | undefined =>
  reference.response(responseId)?.ruleSets.find(({ version }) => version === rulesVersion)

/** Decides one stored screening again. */
export const replayStored = (
  reference: Pick<ReferenceData, 'response' | 'jurisdiction'>,
  stored: StoredDecision,
  travellers: readonly StoredTravellerDecision[],
): readonly ReplayDifference[] =>
  replayScreening(
    {
      occurredAtMs: stored.occurredAt.getTime(),
      timeZone: reference.jurisdiction(stored.jurisdiction)?.timeZone ?? 'UTC',
      day: stored.day,
      slot: stored.slot,
      rulesVersion: stored.rulesVersion,
      disposition: stored.disposition as Disposition,
      travellerCount: stored.travellerCount,
      febrileCount: stored.febrileCount,
      travellers: travellers.map(({ seat, fever, exposure, disposition, ruleIds, ...rest }) => ({
        seat,
        entered: {
          readings: [...rest.readings],
          exposures: [...rest.exposures],
          contactWithCase: rest.contactWithCase,
          symptoms: [...rest.symptoms],
          listed: [...rest.listed],
        },
        kept: {
          fever: fever as FeverLevel,
          exposure: exposure as ExposureLevel,
          disposition: disposition as Disposition,
          ruleIds,
        },
      })),
    },
    rulesOf(reference, stored),
  )

export type ReplayedDay = {
  readonly screenings: number
  readonly travellers: number
  readonly differing: number
  readonly differences: readonly (ReplayDifference & {
    readonly screeningId: string
    readonly postId: number
  })[]
}

const nothing: ReplayedDay = { screenings: 0, travellers: 0, differing: 0, differences: [] }

export const addReplayed = (one: ReplayedDay, other: ReplayedDay): ReplayedDay => ({
  screenings: one.screenings + other.screenings,
  travellers: one.travellers + other.travellers,
  differing: one.differing + other.differing,
  differences: [...one.differences, ...other.differences],
})

/** Decides every screening of a local day of a jurisdiction again, some at a time. */
export const replayWindow = async (
  query: Parameters<typeof readDecisions>[0],
  reference: Pick<ReferenceData, 'response' | 'jurisdiction'>,
  window: DecisionWindow,
): Promise<ReplayedDay> => {
  let total = nothing
  let after: { at: Date; id: string } | null = null
  for (;;) {
    const screenings: StoredDecision[] = await readDecisions(query, window, {
      after,
      most: screeningsAtOnce,
    })
    const travellers = Map.groupBy(
      await readTravellerDecisions(query, screenings),
      ({ screeningId }) => screeningId,
    )
    for (const stored of screenings) {
      const aboard = travellers.get(stored.id) ?? []
      const differences = replayStored(reference, stored, aboard)
      const { id: screeningId, postId } = stored
      total = addReplayed(total, {
        screenings: 1,
        travellers: aboard.length,
        differing: differences.length === 0 ? 0 : 1,
        differences: differences.map((each) => ({ screeningId, postId, ...each })),
      })
    }
    const last = screenings.at(-1)
    if (last === undefined || screenings.length < screeningsAtOnce) return total
    after = { at: last.occurredAt, id: last.id }
  }
}
