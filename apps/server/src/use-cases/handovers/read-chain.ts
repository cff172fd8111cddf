import type { QueryOf } from '@guankou/contract/endpoint.ts'
import type { readHandoverChain as declared, HandoverChain } from '@guankou/contract/handovers/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readDeviceLabels } from '@guankou/db/queries/handovers/device-labels.ts'
import { type HandoverFile, readHandoverFile } from '@guankou/db/queries/handovers/handovers.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { custodyOfRows, handoverKey } from '#src/use-cases/handovers/handover-facts.ts'
import { handoverLineOf } from '#src/use-cases/handovers/handover-lines.ts'
import { linePartsOf } from '#src/use-cases/handovers/list-handovers.ts'
import { handoverNotePlace } from '#src/use-cases/handovers/record-step.ts'
import { verdictOn } from '#src/use-cases/handovers/verify-signature.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'

const notesOf = async (context: ServerContext, { facts }: HandoverFile): Promise<HandoverChain['notes']> => {
  const { sealer } = context.identity
  const notes: HandoverChain['notes'] = []
  for (const { id, jurisdiction, day, noteSealed } of facts)
    if (noteSealed !== null) {
      const note = await unlessDestroyed(
        sealer.open({ jurisdiction, day }, handoverNotePlace(id), noteSealed),
      )
      notes.push({ factId: id, note })
    }
  return notes
}

/** One hand-over with every signature checked again and every note opened. */
export const readChain = async (
  context: ServerContext,
  actor: Actor,
  { jurisdiction, id }: QueryOf<typeof declared>,
): Promise<Result<HandoverChain>> => {
  const read = await inArea(context.db, actor.areaCode, async (tx) => {
    const file = await readHandoverFile(tx, handoverKey(jurisdiction, id))
    if (file === undefined) return undefined
    const devices = file.facts.flatMap(({ deviceId }) => (deviceId === null ? [] : [deviceId]))
    return {
      file,
      parts: await linePartsOf(tx, actor.role, [file]),
      labels: await readDeviceLabels(tx, devices),
    }
  })
  if (read === undefined) return refused('UNKNOWN_HANDOVER')
  const { file, parts, labels } = read
  const { signatures } = custodyOfRows(file.key, file.facts)
  const counting = new Set(Object.values(signatures).map((signature) => signature.id))
  return done({
    line: handoverLineOf(file, parts),
    signatures: file.facts
      .filter(({ kind }) => kind === 'signed')
      .map((fact) => ({
        factId: fact.id,
        counts: counting.has(fact.id),
        verdict: verdictOn(file, fact),
        recordedAt: fact.recordedAt.toISOString(),
        deviceLabel: labels.get(fact.deviceId ?? '') ?? null,
      })),
    notes: await notesOf(context, file),
  })
}
