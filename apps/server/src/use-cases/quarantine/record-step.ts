import type { QuarantineStepCommand } from '@guankou/contract/quarantine/commands.ts'
import { isConnectionLost } from '@guankou/db/database.ts'
import { decideQuarantineStep } from '@guankou/domain/quarantine/decide-step.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { type Result, refused } from '#src/result.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'
import { addFact } from '#src/use-cases/quarantine/add-fact.ts'
import { episodeKey } from '#src/use-cases/quarantine/episode-scope.ts'
import type { RecordedQuarantine } from '#src/use-cases/quarantine/record-order.ts'

/** Records what an officer did, saw or decided in an episode. */
export const recordQuarantineStep = async (
  context: ServerContext,
  actor: Actor,
  command: QuarantineStepCommand,
): Promise<Result<RecordedQuarantine>> => {
  if (!mayActIn(actor, command.jurisdiction)) return refused('OUTSIDE_AREA', '/jurisdiction')
  const reference = context.reference.current()
  try {
    return await addFact(context, {
      key: episodeKey(command.jurisdiction, command.quarantineId),
      areaCode: actor.areaCode,
      accountId: actor.accountId,
      deviceId: actor.deviceId,
      action: command.kind,
      command,
      decide: ({ order, episode }) =>
        decideQuarantineStep({ order, episode, reference }, command, {
          role: actor.role,
          nowMs: context.now(),
        }),
    })
  } catch (error) {
    if (isConnectionLost(error)) return refused('DATABASE_UNAVAILABLE')
    throw error
  }
}
