import { errors, isErrorCode, type Refusal } from '@guankou/contract/errors.ts'
import { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import type { PushAnswer, PushBody, PushOutcome } from '@guankou/contract/sync/push.ts'
import { insertRefusedCommands, recordDeviceContact } from '@guankou/db/queries/access/devices.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { instantMs } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { printableText } from '#src/printable-text.ts'
import { done, type Result, refused } from '#src/result.ts'
import { type Checker, compileChecker } from '#src/schema-checker.ts'

const checkers: Readonly<Record<string, Checker<RecordScreening>>> = {
  'screening.record': compileChecker(RecordScreening),
}

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

const handle = async (context: ServerContext, actor: Actor, command: unknown): Promise<PushOutcome> => {
  const id = idOf(command)
  const kind = kindOf(command)
  const checker = Object.hasOwn(checkers, kind) ? checkers[kind] : undefined
  if (checker === undefined) return rejected(id, { code: 'UNKNOWN_COMMAND_KIND', path: '/kind' })
  const checked = checker(command)
  if (!checked.ok) return rejected(id, checked.refusal)
  const result = await context.recorder.record(actor, checked.value).catch((error: unknown) => {
    context.log.error({ err: error, commandId: id }, 'command failed')
    return refused('INTERNAL')
  })
  if (!result.ok) return rejected(id, result.refusal)
  const { recordedAtMs, duplicate, id: recordedId } = result.value
  return { outcome: 'accepted', id: recordedId, recordedAt: new Date(recordedAtMs).toISOString(), duplicate }
}

const noteRefusals = (context: ServerContext, actor: Actor, outcomes: readonly PushOutcome[]): void => {
  for (const outcome of outcomes)
    if (outcome.outcome === 'rejected')
      context.access.denials.note({
        jurisdiction: actor.areaCode,
        accountId: actor.accountId,
        deviceId: actor.deviceId,
        action: 'screening.record',
        code: outcome.code,
      })
}

const refusedForGood = (outcomes: readonly PushOutcome[], accountId: string, deviceId: string, at: Date) =>
  outcomes.flatMap((outcome) =>
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
  { db }: ServerContext,
  actor: Actor,
  contact: Contact,
  outcomes: readonly PushOutcome[],
): Promise<void> =>
  db.query.transaction().execute(async (tx) => {
    const { accountId, deviceId, areaCode } = actor
    const { at: now, clockSkewSeconds, outbox } = contact
    if (deviceId !== null) {
      await insertRefusedCommands(tx, refusedForGood(outcomes, accountId, deviceId, now))
      await recordDeviceContact(tx, { deviceId, now, clockSkewSeconds, outbox })
    }
    const accepted = outcomes.filter((outcome) => outcome.outcome === 'accepted').length
    const detail = `${accepted} accepted, ${outcomes.length - accepted} rejected`
    const entry = { accountId, deviceId, action: 'sync.push', subject: deviceId, outcome: 'done', detail }
    await recordAudit(executeIn(tx), areaCode, [entry], now.getTime())
  })

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
  const outcomes = await Promise.all(body.commands.map((command) => handle(context, actor, command)))
  noteRefusals(context, actor, outcomes)
  const clockSkewSeconds = (sentAtMs - receivedAt.getTime()) / 1_000
  await keepContact(context, actor, { at: receivedAt, clockSkewSeconds, outbox: body.outbox }, outcomes)
  return done({ receivedAt: receivedAt.toISOString(), outcomes })
}
