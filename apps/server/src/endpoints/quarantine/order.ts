import { orderQuarantine as declaration } from '@guankou/contract/quarantine/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { recordOrder } from '#src/use-cases/quarantine/record-order.ts'
import { recordedAnswer } from '#src/use-cases/quarantine/recorded-answer.ts'

export const quarantineOrder = implement(declaration, async ({ context, actor, body }) =>
  recordedAnswer(await recordOrder(context, actor, body)),
)
