import { createHash } from 'node:crypto'
import type { Post } from '@guankou/contract/places/place.ts'
import type { PostHappening, RecordPostFact } from '@guankou/contract/posts/record-post-fact.ts'
import { findAccountByLogin, insertAccounts } from '@guankou/db/queries/access/accounts.ts'
import { enrolDevice } from '@guankou/db/queries/access/devices.ts'
import { utcOffsetMinutes } from '@guankou/domain/places/calendar.ts'
import { uuidV7FromRandom } from '@guankou/simulator/arrivals/uuid-v7.ts'
import { crewSize, type DutyFact, drawDuty, shiftMs } from '@guankou/simulator/posts/draw-duty.ts'
import { streamOf } from '@guankou/simulator/random/stream.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { pause } from '#src/demo/pause.ts'
import { findTrafficActor } from '#src/demo/traffic.ts'
import { pushCommands } from '#src/use-cases/sync/push-commands.ts'

const demoSeed = 20_200_123
const everyMs = 30_000
/** Crews take turns: those of one shift are not those of the next. */
const crewsAPost = 2

/** A fixed id for something of the demo, so that starting again finds it. */
const idOf = (what: string): string => {
  const hex = createHash('sha256').update(`demo-posts|${what}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

type Staff = {
  readonly post: Post
  /** By crew, then by number. */
  readonly crews: readonly (readonly Actor[])[]
  readonly lead: Actor
}

/** Officers of a post, made where there are none: invented, and nobody can sign in as one. */
const staffOf = async ({ db, now }: ServerContext, post: Post, base: Actor): Promise<Staff> => {
  const deviceId = idOf(`device ${post.id}`)
  const areaCode = post.jurisdiction
  await enrolDevice(db.query, {
    id: deviceId,
    label: `${post.name.zh} 1 号机`,
    areaCode,
    now: new Date(now()),
  })
  const made: Actor[] = []
  const size = crewSize(post)
  for (let number = 0; number < crewsAPost * size; number += 1) {
    const login = `demo-officer-${post.id}-${number + 1}`
    const crew = {
      zh: `${post.name.zh}${number < size ? '甲' : '乙'}班`,
      en: `${post.name.en} crew ${number < size ? 'A' : 'B'}`,
    }
    const serial = String((number % size) + 1).padStart(2, '0')
    const name = { zh: `${crew.zh} ${serial}`, en: `${crew.en} ${serial}` }
    const account = { id: idOf(login), login, name, role: 'inspector', areaCode, crew } as const
    if ((await findAccountByLogin(db.query, login)) === undefined) await insertAccounts(db.query, [account])
    made.push({ ...base, ...account, accountId: account.id, deviceId })
  }
  const login = `demo-lead-${post.id}`
  const name = { zh: `${post.name.zh}带班`, en: `${post.name.en} lead` }
  const account = { id: idOf(login), login, name, role: 'post-lead', areaCode, crew: null } as const
  if ((await findAccountByLogin(db.query, login)) === undefined) await insertAccounts(db.query, [account])
  const lead = { ...base, ...account, accountId: account.id, deviceId }
  return { post, crews: [made.slice(0, size), made.slice(size)], lead }
}

type Due = { readonly actor: Actor; readonly command: RecordPostFact }

const commandOf = ({ post, crews, lead }: Staff, fact: DutyFact, shift: number, serial: number): Due => {
  const { maker, atMs } = fact
  const crew = crews[shift % crewsAPost] ?? []
  const actor = maker.is === 'lead' ? lead : (crew[maker.number] ?? lead)
  const happening: PostHappening =
    fact.happening.is === 'clock-out-now' ? { is: 'clocked-out', officerId: actor.accountId } : fact.happening
  return {
    actor,
    command: {
      kind: 'posts.record',
      schemaVersion: 1,
      id: uuidV7FromRandom(atMs, streamOf(demoSeed, post.id, shift, serial)),
      jurisdiction: post.jurisdiction,
      postId: post.id,
      occurredAt: new Date(atMs).toISOString(),
      happening,
    },
  }
}

/** What is due at a post between two instants, from the shifts that they touch. */
const dueAt = (staff: Staff, timeZone: string, fromMs: number, untilMs: number): readonly Due[] => {
  const offsetMs = utcOffsetMinutes(timeZone, untilMs) * 60_000
  const last = Math.floor((untilMs + offsetMs) / shiftMs)
  return [last - 1, last].flatMap((shift) => {
    const startMs = shift * shiftMs - offsetMs
    const hour = (shift * (shiftMs / 3_600_000)) % 24
    return drawDuty(staff.post, { shift, startMs, hour }, demoSeed)
      .map((fact, serial) => ({ fact, serial }))
      .filter(({ fact }) => fact.atMs > fromMs && fact.atMs <= untilMs)
      .map(({ fact, serial }) => commandOf(staff, fact, shift, serial))
  })
}

/** The phone of the post sends what each of them made, as phones do. */
const pushDue = async (context: ServerContext, due: readonly Due[]): Promise<void> => {
  for (const [, own] of Map.groupBy(due, ({ actor }) => actor.accountId)) {
    const actor = own[0]?.actor
    if (actor?.deviceId == null) continue
    await pushCommands(context, actor, {
      deviceId: actor.deviceId,
      sentAt: new Date(context.now()).toISOString(),
      outbox: { queued: 0, rejected: 0, unreadable: 0 },
      commands: own.map(({ command }) => command),
    })
  }
}

/**
 * Crews, lanes, supplies and books of the demo city: the shift that is on and the one before it at first, then as time
 * passes, until the signal. What was recorded by an earlier start is answered as a duplicate.
 */
export const runDemoPosts = async (context: ServerContext, signal: AbortSignal): Promise<void> => {
  const { reference, now, db } = context
  const base = await findTrafficActor(db)
  const staff: Staff[] = []
  let fromMs = now() - shiftMs - everyMs
  while (!signal.aborted) {
    const untilMs = now()
    for (const [index, post] of reference.current().posts.entries()) {
      if (signal.aborted) return
      const own = staff[index] ?? (await staffOf(context, post, base))
      staff[index] = own
      const { timeZone } = reference.current().jurisdiction(post.jurisdiction) ?? { timeZone: 'UTC' }
      await pushDue(context, dueAt(own, timeZone, fromMs, untilMs))
    }
    fromMs = untilMs
    await pause(everyMs, signal)
  }
}
