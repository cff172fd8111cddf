import { quarantineKeptDays } from '@guankou/contract/quarantine/endpoints.ts'
import type { LadderView, QuarantineEndings, QuarantineLine } from '@guankou/contract/quarantine/views.ts'
import { isOpenEpisode } from '@guankou/domain/quarantine/episode.ts'
import type { Ladder } from '@guankou/domain/quarantine/ladder.ts'
import { ribbonOf } from '@guankou/domain/quarantine/ribbon.ts'
import type { ReferenceData } from '#src/reference/reference-cache.ts'
import type { FollowedEpisode } from '#src/use-cases/quarantine/episode-scope.ts'

const instant = (atMs: number | undefined): string | null =>
  atMs === undefined || !Number.isFinite(atMs) ? null : new Date(atMs).toISOString()

const ladderView = ({ sinceMs, reached, next }: Ladder): LadderView => {
  const step = reached.at(-1)
  return {
    sinceAt: new Date(sinceMs).toISOString(),
    way: step?.way ?? null,
    wayAt: instant(step?.atMs),
    nextWay: next?.way ?? null,
    nextAt: instant(next?.atMs),
  }
}

/** An episode as a line of the board. */
export const quarantineLineOf = (reference: ReferenceData, followed: FollowedEpisode): QuarantineLine => {
  const { file, order, facts, episode, contacts, ladder, next } = followed
  const { jurisdiction, response_id } = file.episode
  const place = reference.jurisdiction(jurisdiction)
  return {
    id: order.id,
    jurisdiction,
    district: place === undefined ? { zh: '其他地区', en: 'Another area' } : { ...place.name },
    responseId: response_id,
    site: order.site,
    orderedAt: new Date(order.orderedAtMs).toISOString(),
    state: episode.state,
    countedFrom: order.countedFrom,
    lastDay: episode.lastDay,
    dayNumber: episode.dayNumber,
    days: episode.days,
    step: next.step,
    stepAt: instant(next.atMs),
    overdue: next.isOverdue,
    ladder: ladder === undefined ? null : ladderView(ladder),
    openHelp: isOpenEpisode(episode)
      ? episode.openHelp.map(({ id, help, askedAtMs }) => ({
          id,
          help,
          askedAt: new Date(askedAtMs).toISOString(),
        }))
      : [],
    ribbon: ribbonOf(order, facts, { episode, contacts }).map(({ day, number, mark }) => ({
      day,
      number,
      mark,
    })),
    endReason: episode.endReason ?? null,
    timeZone: order.timeZone,
  }
}

/** Those that are overdue longest first, then the other open ones by what is due next, then those that are over. */
export const inOrderOfDue = (lines: readonly QuarantineLine[]): QuarantineLine[] =>
  lines.toSorted((a, b) => {
    const open = Number(isOpenEpisode(b)) - Number(isOpenEpisode(a))
    if (open !== 0) return open
    if (!isOpenEpisode(a)) return b.orderedAt.localeCompare(a.orderedAt)
    const overdue = Number(b.overdue) - Number(a.overdue)
    return overdue === 0 ? (a.stepAt ?? '~').localeCompare(b.stepAt ?? '~') : overdue
  })

/** What became of those that ended. */
export const endingsOf = (lines: readonly QuarantineLine[]): QuarantineEndings => {
  const endings = { completed: 0, early: 0, case: 0, mistake: 0, other: 0, moved: 0 }
  for (const { state, endReason } of lines) {
    if (endReason !== null) endings[endReason] += 1
    else if (state === 'moved') endings.moved += 1
  }
  return endings
}

const msPerDay = 86_400_000

/** From when on episodes that are over are still listed. */
export const listedSince = (nowMs: number): Date => new Date(nowMs - quarantineKeptDays * msPerDay)
