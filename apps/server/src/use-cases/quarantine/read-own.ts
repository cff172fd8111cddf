import type { BodyOf } from '@guankou/contract/endpoint.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { OwnQuarantine, readOwnQuarantine } from '@guankou/contract/quarantine/own.ts'
import type { QuarantineField } from '@guankou/contract/quarantine/people.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { readAccessesIn } from '@guankou/db/queries/identity-access/read-accesses.ts'
import type { EpisodeKey } from '@guankou/db/queries/quarantine/episodes.ts'
import { readQuarantineAccesses } from '@guankou/db/queries/quarantine/seals.ts'
import { factsOfKind } from '@guankou/domain/quarantine/facts.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { type FollowedEpisode, keyOfEpisode } from '#src/use-cases/quarantine/episode-scope.ts'
import { ownEpisode } from '#src/use-cases/quarantine/own-episode.ts'
import { cityOf } from '#src/use-cases/subject-access/open-page.ts'
import { personIn } from '#src/use-cases/subject-access/subject-session.ts'

/** Contacts of the last three days are told, so that somebody sees what arrived. */
const shownBackMs = 3 * 86_400_000
const seenShown = 50

type Seen = {
  readonly at: Date
  readonly role: string
  readonly fields: readonly string[]
  readonly covered?: true
}

/** Who saw them in full, a team on its round among them, and who was shown them covered for a partner at a door; newest first. */
const readSeen = async (tx: AreaTransaction, key: EpisodeKey): Promise<readonly Seen[]> => {
  const full = await readQuarantineAccesses(tx, key, seenShown)
  const others = await readAccessesIn(tx, 'quarantine', key, seenShown)
  const seen = others.map(({ via, ...each }) =>
    via === 'round' ? each : { ...each, covered: true as const },
  )
  return [...full, ...seen].toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, seenShown)
}

const areaName = (context: ServerContext, code: number): Bilingual => ({
  ...(context.reference.current().jurisdiction(code)?.name ?? {
    zh: `其他城市 ${code}`,
    en: `Another city, ${code}`,
  }),
})

/** Where the person is being handed on to; or was, where that was taken back and they were told of it. */
const handOverOf = (
  context: ServerContext,
  { file, facts, episode }: FollowedEpisode,
): OwnQuarantine['handOver'] => {
  const last = factsOfKind(facts, 'transferred').at(-1)
  if (last === undefined) return null
  return {
    from: areaName(context, file.episode.jurisdiction),
    to: areaName(context, last.toArea),
    is: episode.transfer === undefined ? 'taken-back' : 'waiting',
  }
}

const viewOf = (context: ServerContext, followed: FollowedEpisode, seen: readonly Seen[]): OwnQuarantine => {
  const { file, order, facts, episode, contacts } = followed
  const nowMs = context.now()
  const { plan } = order
  const { response_id: responseId } = file.episode
  const response = context.reference.current().response(responseId)
  const results = new Map(factsOfKind(facts, 'help-closed').map(({ helpId, result }) => [helpId, result]))
  return {
    responseName: { ...(response?.name ?? { zh: responseId, en: responseId }) },
    subject: plan.subject,
    site: order.site,
    state: episode.state,
    timeZone: order.timeZone,
    countedFrom: order.countedFrom,
    lastDay: episode.lastDay,
    dayNumber: episode.dayNumber,
    days: episode.days,
    feverCelsius: plan.feverCelsius,
    signs: plan.signs.map(({ code, name }) => ({ code, name: { ...name } })),
    contacts: contacts
      .filter(({ untilMs }) => untilMs >= nowMs - shownBackMs)
      .map(({ fromMs, untilMs, status }) => ({
        from: new Date(fromMs).toISOString(),
        until: new Date(untilMs).toISOString(),
        status,
      })),
    help: factsOfKind(facts, 'help').map(({ id, help, atMs }) => ({
      id,
      help,
      askedAt: new Date(atMs).toISOString(),
      result: results.get(id) ?? null,
    })),
    seenBy: seen.map(({ at, role, fields, covered }) => ({
      at: at.toISOString(),
      role,
      fields: fields as QuarantineField[],
      ...(covered === undefined ? {} : { covered }),
    })),
    legalBasis: { ...plan.legalBasis },
    handOver: handOverOf(context, followed),
    asOf: new Date(nowMs).toISOString(),
  }
}

/** What the link on a notice opens, for as long as the episode lasts. Says nothing of who the person is. */
export const readOwn = async (
  context: ServerContext,
  { secret }: BodyOf<typeof readOwnQuarantine>,
): Promise<Result<OwnQuarantine>> => {
  const own = await ownEpisode(context, secret)
  if (!own.ok) return own
  const { episode } = own.value
  if (episode.closedAtMs !== undefined)
    return refused(episode.state === 'moved' ? 'QUARANTINE_MOVED' : 'QUARANTINE_OVER')
  const key = keyOfEpisode(own.value.file.episode)
  const seen = await inArea(context.db, cityOf(context), async (tx) => {
    const act = { action: 'quarantine.own', subject: key.id, outcome: 'done', detail: null }
    await auditIdentity(tx, personIn(key.jurisdiction), act, context.now())
    return readSeen(tx, key)
  })
  return done(viewOf(context, own.value, seen))
}
