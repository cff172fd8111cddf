import { errors, isErrorCode, type Refusal } from '@guankou/contract/errors.ts'
import { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import type { PushAnswer, PushBody, PushOutcome } from '@guankou/contract/sync/push.ts'
import { insertRefusedCommands, recordDeviceContact } from '@guankou/db/queries/access/devices.ts'
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
  if (actor.deviceId !== null) {
    const { deviceId, accountId } = { deviceId: actor.deviceId, accountId: actor.accountId }
    const refusedForGood = outcomes.flatMap((outcome) =>
      outcome.outcome === 'rejected' && isErrorCode(outcome.code) && errors[outcome.code].retry === 'never'
        ? [
            {
              deviceId,
              accountId,
              at: receivedAt,
              commandId: outcome.id === null ? null : printableText(outcome.id),
              code: outcome.code,
              path: outcome.path ?? null,
            },
          ]
        : [],
    )
    await insertRefusedCommands(context.db.query, refusedForGood)
    await recordDeviceContact(context.db.query, {
      deviceId,
      now: receivedAt,
      clockSkewSeconds: (sentAtMs - receivedAt.getTime()) / 1_000,
      outbox: body.outbox,
    })
  }
  return done({ receivedAt: receivedAt.toISOString(), outcomes })
}
