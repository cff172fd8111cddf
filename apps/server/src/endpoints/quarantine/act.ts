import { actOnQuarantine as declaration } from '@guankou/contract/quarantine/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { recordQuarantineStep } from '#src/use-cases/quarantine/record-step.ts'
import { recordedAnswer } from '#src/use-cases/quarantine/recorded-answer.ts'

export const quarantineAct = implement(declaration, async ({ context, actor, body }) =>
  recordedAnswer(await recordQuarantineStep(context, actor, body)),
)
