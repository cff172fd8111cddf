import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { type ProofUse, proofText } from '@guankou/contract/access/device-proof.ts'
import type { HandoverStep, OpenHandover } from '@guankou/contract/handovers/commands.ts'
import type { CustodySide } from '@guankou/contract/handovers/vocabulary.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { findAccountByLogin, insertAccounts } from '@guankou/db/queries/access/accounts.ts'
import { enrolDevice } from '@guankou/db/queries/access/devices.ts'
import { registerKey } from '@guankou/db/queries/access/enrolment.ts'
import { type ReferredScreening, readReferredScreenings } from '@guankou/db/queries/handovers/demo-source.ts'
import { type HandoverFile, readHandovers } from '@guankou/db/queries/handovers/handovers.ts'
import { isOpenHandover } from '@guankou/domain/handovers/custody.ts'
import { handoverIdOf } from '@guankou/domain/handovers/handover-code.ts'
import { signedContent } from '@guankou/domain/handovers/signed-text.ts'
import { uuidV7FromRandom } from '@guankou/simulator/arrivals/uuid-v7.ts'
import { type Course, courseOf, type DrawnStep, stepsOf } from '@guankou/simulator/handovers/draw-steps.ts'
import { streamOf } from '@guankou/simulator/random/stream.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { pause } from '#src/demo/pause.ts'
import { findTrafficActor } from '#src/demo/traffic.ts'
import { custodyOfRows, openingDigestOf } from '#src/use-cases/handovers/handover-facts.ts'
import { pushCommands } from '#src/use-cases/sync/push-commands.ts'

const everyMs = 15_000
const minuteMs = 60_000
const lookBackMs = 24 * 3_600_000
/** From the outcome of a screening to the opening. */
const openAfterMs = 2 * minuteMs
/** Those screened since have not been opened before: it was too early, or their phone came late. */
const openedLateMs = 10 * minuteMs
/** Opened long ago at the start, so that a demo that has just begun shows one of each: minutes, and how it goes. */
const atTheStart: readonly (readonly [agoMinutes: number, course: Course])[] = [
  [6, 'plain'],
  [25, 'plain'],
  [52, 'late-transport'],
  [88, 'long-way'],
  [150, 'plain'],
]
const mostAtOnce = 20

/** Somebody with a phone whose key was made for this run, as a browser makes one that nobody can read. */
type Carrier = { readonly actor: Actor; readonly key: KeyObject }
type Carriers = { readonly post: Carrier; readonly transport: Carrier; readonly clinic: Carrier }

const idOf = (what: string): string => {
  const hex = createHash('sha256').update(`demo-handovers|${what}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const carrierOf = async (
  { db, now }: ServerContext,
  base: Actor,
  role: Role,
  name: { readonly zh: string; readonly en: string },
): Promise<Carrier> => {
  const { areaCode } = base
  const login = `demo-handover-${role}`
  const account = { id: idOf(login), login, name, role, areaCode, crew: null }
  if ((await findAccountByLogin(db.query, login)) === undefined) await insertAccounts(db.query, [account])
  const deviceId = randomUUID()
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  await enrolDevice(db.query, { id: deviceId, label: `${name.zh} 1 号机`, areaCode, now: new Date(now()) })
  await registerKey(db.query, deviceId, point)
  return { actor: { ...base, ...account, accountId: account.id, deviceId }, key: privateKey }
}

const proofOf = (
  { actor, key }: Carrier,
  use: ProofUse,
  sentAt: string,
  content: readonly unknown[],
): string =>
  sign('sha256', Buffer.from(proofText(use, actor.deviceId ?? '', sentAt, content)), {
    key,
    dsaEncoding: 'ieee-p1363',
  }).toString('base64url')

const push = async (context: ServerContext, carrier: Carrier, command: unknown): Promise<void> => {
  const { actor } = carrier
  const sentAt = new Date(context.now()).toISOString()
  const outbox = { queued: 0, rejected: 0, unreadable: 0 }
  const proof = proofOf(carrier, 'push', sentAt, [outbox, [command]])
  await pushCommands(context, actor, {
    deviceId: actor.deviceId ?? '',
    sentAt,
    outbox,
    commands: [command],
    proof,
  })
}

/** What tells one hand-over from another, and so how it goes. */
const numberOf = (id: string): number => Number.parseInt(id.slice(-4), 16)

const openingOf = (screening: ReferredScreening, openedMs: number, course?: Course): OpenHandover => {
  const serials = Array.from(
    { length: 10 },
    (_, n) => (Number.parseInt(screening.screeningId.slice(-3), 16) + n) % 8_192,
  )
  const serial = serials.find((each) => course === undefined || courseOf(each) === course) ?? 0
  const people = [
    ...screening.seats.map((seat) => ({ seat, part: 'index' as const })),
    ...screening.others.slice(0, 6).map((seat) => ({ seat, part: 'companion' as const })),
  ]
  return {
    kind: 'handover.open',
    schemaVersion: 1,
    id: handoverIdOf(openedMs, serial),
    jurisdiction: screening.jurisdiction,
    postId: screening.postId,
    occurredAt: new Date(openedMs).toISOString(),
    responseId: screening.responseId,
    screeningId: screening.screeningId,
    people,
  }
}

const carrierOfSide = (carriers: Carriers, side: CustodySide): Carrier => {
  if (side === 'post-gives') return carriers.post
  return side === 'clinic-takes' ? carriers.clinic : carriers.transport
}

/** The command of a step at its time, and whose phone makes it. */
const commandOf = (
  carriers: Carriers,
  file: HandoverFile,
  step: DrawnStep,
): readonly [Carrier, HandoverStep] => {
  const { key } = file
  const atMs = key.occurredAt.getTime() + step.afterMinutes * minuteMs
  const about = {
    schemaVersion: 1 as const,
    id: uuidV7FromRandom(atMs, streamOf(numberOf(key.id), step.afterMinutes)),
    jurisdiction: key.jurisdiction,
    occurredAt: new Date(atMs).toISOString(),
    handoverId: key.id,
  }
  if (step.is === 'closed') return [carriers.clinic, { kind: 'handover.close', ...about, reason: 'admitted' }]
  const carrier = carrierOfSide(carriers, step.side)
  const opening = openingDigestOf(file)?.toString('base64url') ?? null
  const { accountId } = carrier.actor
  const content = signedContent({ handoverId: key.id, side: step.side, opening, accountId })
  const proof = proofOf(carrier, 'handover', about.occurredAt, content)
  return [carrier, { kind: 'handover.sign', ...about, side: step.side, opening, proof }]
}

const isDone = (file: HandoverFile, step: DrawnStep): boolean => {
  const { signatures, state } = custodyOfRows(file.key, file.facts)
  return step.is === 'signed' ? signatures[step.side] !== undefined : !isOpenHandover({ state })
}

/** Takes the steps that are due of what the demo itself opened; a hand-over that somebody else has ended is left alone. */
const goOn = async (
  context: ServerContext,
  carriers: Carriers,
  areas: readonly number[],
): Promise<number> => {
  const since = new Date(context.now() - lookBackMs)
  const files = await readHandovers(context.db.query, areas, { since, limit: 200 })
  const own = files.filter(
    ({ key, opening, facts }) =>
      opening?.accountId === carriers.post.actor.accountId && isOpenHandover(custodyOfRows(key, facts)),
  )
  for (const file of own)
    for (const step of stepsOf(courseOf(numberOf(file.key.id)))) {
      const isDue = file.key.occurredAt.getTime() + step.afterMinutes * minuteMs <= context.now()
      if (!isDue || isDone(file, step)) continue
      const [carrier, command] = commandOf(carriers, file, step)
      await push(context, carrier, command)
    }
  return own.length
}

/** Opens hand-overs of those who were referred since; at the start also some that began earlier. */
const openNew = async (
  context: ServerContext,
  { post }: Carriers,
  areas: readonly number[],
  { sinceMs, isStart }: { readonly sinceMs: number; readonly isStart: boolean },
): Promise<void> => {
  const nowMs = context.now()
  const since = new Date(isStart ? nowMs - lookBackMs : sinceMs)
  const referred = await readReferredScreenings(context.db.query, areas, { since, limit: mostAtOnce })
  const staged = isStart ? atTheStart : []
  for (const [index, screening] of referred.entries()) {
    const screenedMs = screening.occurredAt.getTime()
    const [agoMinutes, course] = staged[index] ?? []
    if (agoMinutes === undefined && screenedMs < sinceMs) continue
    const openedMs =
      agoMinutes === undefined
        ? screenedMs + openAfterMs
        : Math.max(screenedMs + openAfterMs, nowMs - agoMinutes * minuteMs)
    if (openedMs <= nowMs) await push(context, post, openingOf(screening, openedMs, course))
  }
}

const carriersOf = async (context: ServerContext): Promise<Carriers> => {
  const base = await findTrafficActor(context.db)
  return {
    post: await carrierOf(context, base, 'inspector', {
      zh: '移交登记（演示）',
      en: 'Hand-over desk (demo)',
    }),
    transport: await carrierOf(context, base, 'transport-crew', {
      zh: '转运车组（演示）',
      en: 'Transport crew (demo)',
    }),
    clinic: await carrierOf(context, base, 'clinic-staff', {
      zh: '发热门诊（演示）',
      en: 'Fever clinic (demo)',
    }),
  }
}

/**
 * Hand-overs in the demo city: whoever is referred is opened, signed for and received as phones would, some too late. Where each
 * stands is read from what is stored, so that starting again goes on with it.
 * @returns one look at what is due
 */
export const createDemoHandovers = async (context: ServerContext): Promise<() => Promise<void>> => {
  const { installation, jurisdictionsIn } = context.reference.current()
  const areas = installation === undefined ? [] : (jurisdictionsIn(installation.cityCode) ?? [])
  if (areas.length === 0) return async () => undefined
  const carriers = await carriersOf(context)
  let sinceMs = context.now() - openedLateMs
  let isStart: boolean | undefined
  return async () => {
    const lookedMs = context.now()
    isStart = isStart === undefined && (await goOn(context, carriers, areas)) === 0
    await openNew(context, carriers, areas, { sinceMs, isStart })
    await goOn(context, carriers, areas)
    sinceMs = lookedMs - openedLateMs
  }
}

/** Looks again and again, until the signal. */
export const runDemoHandovers = async (context: ServerContext, signal: AbortSignal): Promise<void> => {
  const look = await createDemoHandovers(context)
  while (!signal.aborted) {
    await look()
    await pause(everyMs, signal)
  }
}
