import { type PreviewBody, previewRounding, type RiskAreaPreview } from '@guankou/contract/origin/preview.ts'
import type { FeverLevel } from '@guankou/contract/responses/response.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { type AlikePeople, readAlikePeople } from '@guankou/db/queries/origin/selections.ts'
import { type Redecided, redecide } from '@guankou/domain/origin/preview-risk-areas.ts'
import { addDays, daySlotOf, isCivilDate } from '@guankou/domain/places/calendar.ts'
import { ruleSetInForce } from '@guankou/domain/responses/rule-set-in-force.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { daysOf } from '#src/projections/origin/names.ts'
import { instantsOfDay } from '#src/projections/situation/days.ts'
import { done, type Result, refused } from '#src/result.ts'

type Decided = AlikePeople & Redecided

/** To the nearest multiple, so that a count tells of nobody. */
const rounded = (count: number): number => Math.round(count / previewRounding) * previewRounding

const people = (groups: readonly Decided[]): number => groups.reduce((sum, each) => sum + each.people, 0)

const grouped = <Key>(groups: readonly Decided[], keyOf: (each: Decided) => Key): [Key, Decided[]][] => [
  ...Map.groupBy(groups, keyOf),
]

const byOutcome = (reselected: readonly Decided[]): RiskAreaPreview['byOutcome'] =>
  grouped(reselected, ({ before, after }) => `${before}|${after}`)
    .flatMap(([, some]) => {
      const [first] = some
      return first === undefined
        ? []
        : [{ before: first.before, after: first.after, people: rounded(people(some)) }]
    })
    .filter((each) => each.people > 0)
    .toSorted((a, b) => b.people - a.people)

const countsOf = (decided: readonly Decided[], days: readonly string[]) => {
  const reselected = decided.filter((each) => each.isReselected)
  return {
    travellers: rounded(people(decided)),
    reselected: rounded(people(reselected)),
    byDay: days.map((day) => ({
      day,
      travellers: rounded(people(decided.filter((each) => each.day === day))),
      reselected: rounded(people(reselected.filter((each) => each.day === day))),
    })),
    byPost: grouped(reselected, ({ postId }) => postId)
      .map(([postId, some]) => ({ postId, reselected: rounded(people(some)) }))
      .filter((each) => each.reselected > 0)
      .toSorted((a, b) => b.reselected - a.reselected),
    byDistrict: grouped(reselected, ({ jurisdiction }) => jurisdiction)
      .map(([jurisdiction, some]) => ({ jurisdiction, reselected: rounded(people(some)) }))
      .filter((each) => each.reselected > 0)
      .toSorted((a, b) => b.reselected - a.reselected),
    byOutcome: byOutcome(reselected),
    notAsked: rounded(people(decided.filter((each) => each.isUnasked))),
  }
}

const windowOf = (timeZone: string, fromDay: string, untilDay: string) => ({
  fromDay,
  untilDay,
  from: instantsOfDay(timeZone, fromDay).from,
  until: instantsOfDay(timeZone, untilDay).until,
})

/**
 * Decides recent screenings again with further areas at risk, and counts who would come out stricter. Nothing is changed,
 * and nobody is named; that somebody asked is in the audit.
 */
export const previewAreas = async (
  context: ServerContext,
  actor: Actor,
  { area, responseId, days: count, riskAreas }: PreviewBody,
): Promise<Result<RiskAreaPreview>> => {
  const { reference, now, db } = context
  const data = reference.current()
  const jurisdictions = data.jurisdictionsIn(area)
  const timeZone = data.jurisdiction(area)?.timeZone
  if (jurisdictions === undefined || timeZone === undefined) return refused('UNKNOWN_AREA', '/area')
  const nowMs = now()
  const { day: until } = daySlotOf(timeZone, nowMs)
  const ruleSet = ruleSetInForce(data.response(responseId)?.ruleSets ?? [], until)
  if (ruleSet === undefined) return refused('UNKNOWN_RESPONSE', '/responseId')
  const unreal = riskAreas.findIndex(
    (each) => !isCivilDate(each.from) || (each.until !== undefined && !isCivilDate(each.until)),
  )
  if (unreal >= 0) return refused('INVALID_INPUT', `/riskAreas/${unreal}`)
  const from = addDays(until, 1 - count)
  const window = { responseId, ...windowOf(timeZone, from, until) }
  const alike = await inArea(db, actor.areaCode, async (tx) => {
    const entry = {
      accountId: actor.accountId,
      deviceId: actor.deviceId,
      action: 'origin.preview',
      subject: responseId,
      outcome: 'done',
      detail: riskAreas.map((each) => `${each.areaCode} ${each.level} from ${each.from}`).join(', '),
    }
    await recordAudit(executeIn(tx), area, [entry], nowMs)
    return readAlikePeople(tx, jurisdictions, window)
  })
  const decided = alike.map((each) => ({
    ...each,
    ...redecide({ ...each, fever: each.fever as FeverLevel }, ruleSet, riskAreas),
  }))
  return done({
    responseId,
    rulesVersion: ruleSet.version,
    from,
    until,
    countedAt: new Date(nowMs).toISOString(),
    rounding: previewRounding,
    ...countsOf(decided, daysOf(from, until, addDays)),
  })
}
