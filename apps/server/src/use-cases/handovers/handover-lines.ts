import type {
  HandoverFactView,
  HandoverLine,
  HandoverPersonView,
} from '@guankou/contract/handovers/endpoints.ts'
import { type HandoverPart, handoverFindingsRoles } from '@guankou/contract/handovers/vocabulary.ts'
import type { ExposureLevel, FeverLevel } from '@guankou/contract/responses/response.ts'
import type { Role } from '@guankou/contract/roles.ts'
import type { ConveyanceKind } from '@guankou/contract/screening/vocabulary.ts'
import type { HandoverFile, StoredFact } from '@guankou/db/queries/handovers/handovers.ts'
import type { Finding } from '@guankou/db/queries/handovers/people.ts'
import { isOpenHandover } from '@guankou/domain/handovers/custody.ts'
import { type HandoverLimits, overdueAtMs } from '@guankou/domain/handovers/escalation.ts'
import { handoverCodeOf } from '@guankou/domain/handovers/handover-code.ts'
import { officerOf } from '#src/use-cases/exports/list-exports.ts'
import { custodyOfRows, openingDigestOf } from '#src/use-cases/handovers/handover-facts.ts'

type Names = Parameters<typeof officerOf>[0]

export type LineParts = {
  readonly role: Role
  readonly names: Names
  readonly limits: HandoverLimits
  readonly findings: readonly Finding[]
}

const factView = (row: StoredFact, names: Names): HandoverFactView => ({
  id: row.id,
  kind: row.kind as HandoverFactView['kind'],
  at: row.at.toISOString(),
  by: row.accountId === null ? null : officerOf(names, row.accountId),
  device: row.deviceId,
  side: row.side as HandoverFactView['side'],
  reason: row.reason as HandoverFactView['reason'],
  stage: row.stage as HandoverFactView['stage'],
  toRole: row.toRole as HandoverFactView['toRole'],
})

const findingsView = (finding: Finding): HandoverPersonView['findings'] => {
  const warmest = Math.max(...finding.readings.map(({ temperatureCelsius }) => temperatureCelsius ?? 0))
  return {
    fever: finding.fever as FeverLevel,
    exposure: finding.exposure as ExposureLevel,
    symptoms: [...finding.symptoms],
    highestCelsius: warmest > 0 ? warmest : null,
  }
}

const openingView = (file: HandoverFile, { role, names, findings }: LineParts): HandoverLine['opening'] => {
  const { opening, people } = file
  const digest = openingDigestOf(file)
  if (opening === undefined || digest === null) return null
  const own = findings.filter(({ screeningId }) => screeningId === opening.screeningId)
  const sees = handoverFindingsRoles.includes(role)
  return {
    postId: opening.postId,
    digest: digest.toString('base64url'),
    conveyance: (own[0]?.conveyanceKind ?? null) as ConveyanceKind | null,
    seatsPerRow: opening.seatsPerRow,
    people: people.map(({ seat, part }) => {
      const screened = own.find((each) => each.seat === seat)
      const finding = sees ? screened : undefined
      return {
        seat,
        seatLabel: screened?.seatLabel ?? null,
        part: part as HandoverPart,
        findings: finding === undefined ? null : findingsView(finding),
      }
    }),
    by: officerOf(names, opening.accountId),
  }
}

/** A hand-over as a line of the list, for whoever asks. */
export const handoverLineOf = (file: HandoverFile, parts: LineParts): HandoverLine => {
  const { key, facts } = file
  const custody = custodyOfRows(key, facts)
  const overdueMs = overdueAtMs(custody, parts.limits)
  const stage = custody.state === 'at-post' || custody.state === 'with-transport' ? custody.state : undefined
  return {
    id: key.id,
    code: handoverCodeOf(key.id, key.jurisdiction),
    jurisdiction: key.jurisdiction,
    openedAt: key.occurredAt.toISOString(),
    opening: openingView(file, parts),
    state: custody.state,
    since: new Date(custody.sinceMs).toISOString(),
    overdueAt: overdueMs === undefined ? null : new Date(overdueMs).toISOString(),
    escalatedTo: stage === undefined ? null : (custody.escalatedTo[stage].at(-1) ?? null),
    doubts: [...custody.doubts],
    facts: facts.map((row) => factView(row, parts.names)),
  }
}

/** Those that are overdue longest first, then the other open ones from the oldest, then those that are over from the newest. */
export const inOrderOfNeed = (lines: readonly HandoverLine[]): HandoverLine[] =>
  lines.toSorted((a, b) => {
    const open = Number(isOpenHandover(b)) - Number(isOpenHandover(a))
    if (open !== 0) return open
    if (!isOpenHandover(a)) return b.openedAt.localeCompare(a.openedAt)
    return (a.overdueAt ?? '~').localeCompare(b.overdueAt ?? '~') || a.openedAt.localeCompare(b.openedAt)
  })

/** Accounts named in a file. */
export const accountsIn = ({ opening, facts }: HandoverFile): readonly string[] => [
  ...(opening === undefined ? [] : [opening.accountId]),
  ...facts.flatMap(({ accountId }) => (accountId === null ? [] : [accountId])),
]
