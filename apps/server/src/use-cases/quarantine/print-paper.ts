import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { PrintedPaper, printQuarantine } from '@guankou/contract/quarantine/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readEpisode } from '@guankou/db/queries/quarantine/episodes.ts'
import { readSeals } from '@guankou/db/queries/quarantine/seals.ts'
import { isOpenEpisode } from '@guankou/domain/quarantine/episode.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import type { Extras } from '#src/endpoint.ts'
import { paperFile } from '#src/print/paper.ts'
import { done, type Result, refused } from '#src/result.ts'
import { episodeKey, type FollowedEpisode, followEpisode } from '#src/use-cases/quarantine/episode-scope.ts'
import { paperParts } from '#src/use-cases/quarantine/paper-text.ts'
import { releaseCodeOf } from '#src/use-cases/quarantine/release-code.ts'
import { openPerson } from '#src/use-cases/quarantine/seal-person.ts'
import { noteSeen } from '#src/use-cases/quarantine/unmask-person.ts'
import { cityOf } from '#src/use-cases/subject-access/open-page.ts'

/** Whether there is anything to print: a notice while the order stands, a certificate once somebody was let go. */
const isTimely = (paper: PrintedPaper, { episode }: FollowedEpisode): boolean =>
  paper === 'notice'
    ? isOpenEpisode(episode)
    : episode.endReason === 'completed' || episode.endReason === 'early'

const place = (context: ServerContext, code: number) =>
  context.reference.current().jurisdiction(code)?.name ?? { zh: String(code), en: String(code) }

/** What is shown in full on each paper, as the person reads it on their page. */
const shownOn = { notice: ['name', 'document', 'address'], certificate: ['name', 'document'] } as const

/**
 * Makes the notice of an order or the certificate of a release. Each time is written where the person sees it.
 * @param origin  scheme, host and port of the page on which the person reports
 */
export const printPaper = async (
  context: ServerContext,
  actor: Actor,
  { body, origin }: { readonly body: BodyOf<typeof printQuarantine>; readonly origin: string },
): Promise<Result<OutputOf<typeof printQuarantine>> & Extras> => {
  const { jurisdiction, id, paper } = body
  const key = episodeKey(jurisdiction, id)
  const nowMs = context.now()
  const reference = context.reference.current()
  const found = await inArea(context.db, actor.areaCode, async (tx) => {
    const file = await readEpisode(tx, key)
    return file && { file, seals: await readSeals(tx, key) }
  })
  if (found === undefined) return refused('UNKNOWN_QUARANTINE')
  const followed = followEpisode(reference, found.file, nowMs)
  if (!isTimely(paper, followed))
    return refused(paper === 'notice' ? 'QUARANTINE_OVER' : 'QUARANTINE_NOT_RELEASED')
  const person = await openPerson(context.identity.sealer, found.seals)
  if (person.name === undefined) return refused('IDENTITY_DESTROYED')
  const action = 'quarantine.print'
  const access = { key, action, fields: shownOn[paper], reason: null, id: v7({ msecs: nowMs }) }
  const seen = await noteSeen(context, actor, access)
  if (!seen.ok) return seen
  const { response_id: responseId } = found.file.episode
  const parts = paperParts(paper, {
    followed,
    person,
    city: place(context, cityOf(context)),
    district: place(context, jurisdiction),
    responseName: reference.response(responseId)?.name ?? { zh: responseId, en: responseId },
    link: `${origin}/portal/report#${context.quarantine.links.secretOf(id, followed.episode.linksReplaced)}`,
    check: { page: `${origin}/portal/released`, code: () => releaseCodeOf(context, followed, person) },
    printedAtMs: nowMs,
  })
  return {
    ...done({}),
    file: {
      contentType: 'application/pdf',
      name: `${paper}-${id.slice(-12)}.pdf`,
      content: paperFile(parts, new Date(nowMs)),
    },
  }
}
