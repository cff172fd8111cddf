import { UseDeclaration } from '@guankou/contract/declarations/declaration.ts'
import { type ErrorCode, errors, isErrorCode, type Refusal } from '@guankou/contract/errors.ts'
import {
  CancelHandover,
  CloseHandover,
  NoteHandover,
  OpenHandover,
  SignHandover,
} from '@guankou/contract/handovers/commands.ts'
import { RecordHouseholdFact } from '@guankou/contract/households/record-household-fact.ts'
import { RecordPostFact } from '@guankou/contract/posts/record-post-fact.ts'
import {
  AskHelp,
  BeginLeave,
  CloseHelp,
  DeliverNotice,
  EndLeave,
  OrderQuarantine,
  RecordContact,
} from '@guankou/contract/quarantine/commands.ts'
import { communityRoles, type Role } from '@guankou/contract/roles.ts'
import { OverrideScreening } from '@guankou/contract/screening/override.ts'
import { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { parcelKind } from '@guankou/contract/sync/parcel.ts'
import type { PushAnswer, PushBody, PushOutcome } from '@guankou/contract/sync/push.ts'
import { RecordTest } from '@guankou/contract/testing/record-test.ts'
import { instantMs } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { printableText } from '#src/printable-text.ts'
import { done, type Result, refused } from '#src/result.ts'
import { type Checker, compileChecker } from '#src/schema-checker.ts'
import { useDeclaration } from '#src/use-cases/declarations/use-declaration.ts'
import { refusalOfDevice } from '#src/use-cases/devices/device-cache.ts'
import { isProved } from '#src/use-cases/devices/device-proof.ts'
import { recordOpening } from '#src/use-cases/handovers/record-opening.ts'
import { recordStep } from '#src/use-cases/handovers/record-step.ts'
import { recordHouseholdFact } from '#src/use-cases/households/record-household-fact.ts'
import { actorAtPost, type FindMovements, movementsFinder } from '#src/use-cases/posts/acting-at-post.ts'
import { recordPostFact } from '#src/use-cases/posts/record-post-fact.ts'
import { recordOrder } from '#src/use-cases/quarantine/record-order.ts'
import { recordQuarantineStep } from '#src/use-cases/quarantine/record-step.ts'
import { overrideScreening } from '#src/use-cases/screening/override-screening.ts'
import { createTurns } from '#src/use-cases/sync/after-named.ts'
import { type FindMaker, makerFinder, openParcel } from '#src/use-cases/sync/open-parcel.ts'
import { recordTest } from '#src/use-cases/testing/record-test.ts'

type Recorded = {
  readonly id: string
  readonly recordedAtMs: number
  readonly duplicate: boolean
  readonly withoutIdentity?: readonly number[]
}
type Recorder = (context: ServerContext, actor: Actor, command: unknown) => Promise<Result<Recorded>>

const recorderOf =
  <Command>(
    check: Checker<Command>,
    record: (context: ServerContext, actor: Actor, command: Command) => Promise<Result<Recorded>>,
  ): Recorder =>
  async (context, actor, command) => {
    const checked = check(command)
    return checked.ok ? record(context, actor, checked.value) : { ok: false, refusal: checked.refusal }
  }

/** What phones send, by kind. */
const recorders: Readonly<Record<string, Recorder>> = {
  'screening.record': recorderOf(compileChecker(RecordScreening), (context, actor, command) =>
    context.recorder.record(actor, command),
  ),
  'screening.override': recorderOf(compileChecker(OverrideScreening), overrideScreening),
  'handover.open': recorderOf(compileChecker(OpenHandover), recordOpening),
  'handover.sign': recorderOf(compileChecker(SignHandover), recordStep),
  'handover.note': recorderOf(compileChecker(NoteHandover), recordStep),
  'handover.close': recorderOf(compileChecker(CloseHandover), recordStep),
  'handover.cancel': recorderOf(compileChecker(CancelHandover), recordStep),
  'testing.record': recorderOf(compileChecker(RecordTest), recordTest),
  'posts.record': recorderOf(compileChecker(RecordPostFact), recordPostFact),
  'households.record': recorderOf(compileChecker(RecordHouseholdFact), recordHouseholdFact),
  'declarations.use': recorderOf(compileChecker(UseDeclaration), useDeclaration),
  'quarantine.order': recorderOf(compileChecker(OrderQuarantine), recordOrder),
  'quarantine.deliver': recorderOf(compileChecker(DeliverNotice), recordQuarantineStep),
  'quarantine.contact': recorderOf(compileChecker(RecordContact), recordQuarantineStep),
  'quarantine.leave': recorderOf(compileChecker(BeginLeave), recordQuarantineStep),
  'quarantine.return': recorderOf(compileChecker(EndLeave), recordQuarantineStep),
  'quarantine.ask-help': recorderOf(compileChecker(AskHelp), recordQuarantineStep),
  'quarantine.close-help': recorderOf(compileChecker(CloseHelp), recordQuarantineStep),
}

/** What is looked up once per push. */
type Finders = { readonly makers: FindMaker; readonly movements: FindMovements }

/** Roles that send hand-overs and nothing else; whoever opens one screened the people at a post. */
const takers: readonly Role[] = ['transport-crew', 'clinic-staff']
/** Who goes from door to door sends what is about households and quarantine, and nobody else does. */
const visitors: readonly Role[] = communityRoles
const isOfVisits = (kind: string): boolean => kind.startsWith('households.') || kind.startsWith('quarantine.')
const maySend = (role: Role, kind: string): boolean =>
  visitors.includes(role) === isOfVisits(kind) &&
  (!takers.includes(role) || (kind.startsWith('handover.') && kind !== 'handover.open'))

const idOf = (command: unknown): string | null => {
  const id = typeof command === 'object' && command !== null && 'id' in command ? command.id : undefined
  return typeof id === 'string' ? id.slice(0, 64) : null
}

const kindOf = (command: unknown): string =>
  typeof command === 'object' && command !== null && 'kind' in command && typeof command.kind === 'string'
    ? command.kind
    : ''

const rejected = (id: string | null, { code, path }: Refusal): PushOutcome => ({
  outcome: 'rejected',
  id,
  code,
  retry: errors[code].retry,
  text: errors[code].text,
  ...(path === undefined ? {} : { path }),
})

const record = async (
  context: ServerContext,
  maker: Actor,
  command: unknown,
  { movements }: Finders,
): Promise<PushOutcome> => {
  const id = idOf(command)
  const kind = kindOf(command)
  const recorder = Object.hasOwn(recorders, kind) ? recorders[kind] : undefined
  if (recorder === undefined) return rejected(id, { code: 'UNKNOWN_COMMAND_KIND', path: '/kind' })
  const actor = await actorAtPost(context, maker, command, movements)
  if (!maySend(actor.role, kind)) return rejected(id, { code: 'ROLE_NOT_ALLOWED', path: '/kind' })
  const result = await recorder(context, actor, command).catch((error: unknown) => {
    context.log.error({ err: error, commandId: id }, 'command failed')
    return refused('INTERNAL')
  })
  if (!result.ok) return rejected(id, result.refusal)
  const { recordedAtMs, duplicate, id: recordedId, withoutIdentity } = result.value
  const recordedAt = new Date(recordedAtMs).toISOString()
  const seats = withoutIdentity === undefined ? {} : { withoutIdentity: [...withoutIdentity] }
  return { outcome: 'accepted', id: recordedId, recordedAt, duplicate, ...seats }
}

/** An outcome with the account under whose name the command went. */
type Handled = { readonly outcome: PushOutcome; readonly accountId: string }

/** Records a command under the name of whoever made it: the caller, or the one a parcel proves. */
const handle = async (
  context: ServerContext,
  actor: Actor,
  command: unknown,
  { find, afterNamed }: { readonly find: Finders; readonly afterNamed: (command: unknown) => Promise<void> },
): Promise<Handled> => {
  if (kindOf(command) !== parcelKind) {
    await afterNamed(command)
    return { outcome: await record(context, actor, command, find), accountId: actor.accountId }
  }
  const opened = await openParcel(context, actor, command, find.makers)
  if (!opened.ok) return { outcome: rejected(idOf(command), opened.refusal), accountId: actor.accountId }
  const { maker, command: inner } = opened.value
  await afterNamed(inner)
  return { outcome: await record(context, maker, inner, find), accountId: maker.accountId }
}

const isOutside = ({ outcome }: Handled): boolean =>
  outcome.outcome === 'rejected' && outcome.code === 'OUTSIDE_AREA'

const judgeAll = (
  context: ServerContext,
  actor: Actor,
  commands: readonly unknown[],
): Promise<readonly Handled[]> => {
  const find: Finders = { makers: makerFinder(context), movements: movementsFinder(context) }
  const turns = createTurns()
  return Promise.all(
    commands.map((command, place) => {
      const afterNamed = (named: unknown): Promise<void> => turns.named(place, named)
      const handled = handle(context, actor, command, { find, afterNamed })
      turns.begun(place, idOf(command), handled)
      return handled
    }),
  )
}

/**
 * All commands of a push, each alone. What is refused as outside the area is judged once more after the others: the
 * arrival of an officer who was sent there may be one of them.
 */
const handleAll = async (
  context: ServerContext,
  actor: Actor,
  commands: readonly unknown[],
): Promise<readonly Handled[]> => {
  const first = await judgeAll(context, actor, commands)
  const outside = first.flatMap((handled, place) => (isOutside(handled) ? [place] : []))
  if (outside.length === 0 || outside.length === commands.length) return first
  const again = await judgeAll(
    context,
    actor,
    outside.map((place) => commands[place]),
  )
  return first.map((handled, place) => again[outside.indexOf(place)] ?? handled)
}

const noteRefusals = (context: ServerContext, actor: Actor, handled: readonly Handled[]): void => {
  for (const { outcome, accountId } of handled)
    if (outcome.outcome === 'rejected')
      context.access.denials.note({
        jurisdiction: actor.areaCode,
        accountId,
        deviceId: actor.deviceId,
        action: 'screening.record',
        code: outcome.code,
      })
}

const refusedForGood = (handled: readonly Handled[], deviceId: string, at: Date) =>
  handled.flatMap(({ outcome, accountId }) =>
    outcome.outcome === 'rejected' && isErrorCode(outcome.code) && errors[outcome.code].retry === 'never'
      ? [
          {
            deviceId,
            accountId,
            at,
            commandId: outcome.id === null ? null : printableText(outcome.id),
            code: outcome.code,
            path: outcome.path ?? null,
          },
        ]
      : [],
  )

type Contact = { readonly at: Date; readonly clockSkewSeconds: number; readonly outbox: PushBody['outbox'] }

/** Keeps what the push told of the device, and that it took place. */
const keepContact = (
  { pushes }: ServerContext,
  { accountId, deviceId, areaCode }: Actor,
  contact: Contact,
  handled: readonly Handled[],
): Promise<Result<void>> => {
  const accepted = handled.filter(({ outcome }) => outcome.outcome === 'accepted').length
  const carried = handled.filter((each) => each.accountId !== accountId).length
  const forOthers = carried === 0 ? '' : `, ${carried} carried for others`
  const detail = `${accepted} accepted, ${handled.length - accepted} rejected${forOthers}`
  return pushes.record(areaCode, {
    contact: deviceId === null ? null : { deviceId, ...contact },
    refused: deviceId === null ? [] : refusedForGood(handled, deviceId, contact.at),
    entry: { accountId, deviceId, action: 'sync.push', subject: deviceId, outcome: 'done', detail },
  })
}

/**
 * Whether the device of a session is heard: in use, and with the proof of its key where one is registered. A device
 * without a key is heard only where phones may enrol on the spot.
 */
const refusalOfSender = async (
  { devices }: ServerContext,
  { deviceId }: Actor,
  { sentAt, outbox, commands, proof }: PushBody,
): Promise<ErrorCode | undefined> => {
  if (deviceId === null) return undefined
  const device = await devices.find(deviceId)
  const revoked = refusalOfDevice(device)
  if (revoked !== undefined) return revoked
  if (device?.key === undefined)
    return (await devices.policy()).enrolment === 'on-the-spot' ? undefined : 'DEVICE_NOT_ENROLLED'
  const content = [outbox, commands]
  const isGood =
    proof !== undefined && isProved(device.key, { use: 'push', deviceId, sentAt, content, proof })
  return isGood ? undefined : 'DEVICE_PROOF_WRONG'
}

/**
 * Takes the commands of a device: each is checked, decided and answered alone, in the order sent. What is refused for
 * good is listed on the device's page; what may succeed later is not.
 */
export const pushCommands = async (
  context: ServerContext,
  actor: Actor,
  body: PushBody,
): Promise<Result<PushAnswer>> => {
  const receivedAt = new Date(context.now())
  if (actor.deviceId !== null && actor.deviceId !== body.deviceId)
    return refused('INVALID_INPUT', '/deviceId')
  const sentAtMs = instantMs(body.sentAt)
  if (sentAtMs === undefined) return refused('INVALID_INPUT', '/sentAt')
  const refusal = await refusalOfSender(context, actor, body)
  if (refusal !== undefined) return refused(refusal)
  const handled = await handleAll(context, actor, body.commands)
  noteRefusals(context, actor, handled)
  const clockSkewSeconds = (sentAtMs - receivedAt.getTime()) / 1_000
  const contact = { at: receivedAt, clockSkewSeconds, outbox: body.outbox }
  const kept = await keepContact(context, actor, contact, handled)
  if (!kept.ok) return kept
  return done({ receivedAt: receivedAt.toISOString(), outcomes: handled.map(({ outcome }) => outcome) })
}
