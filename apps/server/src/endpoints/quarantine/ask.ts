import { askQuarantineHelp as declaration } from '@guankou/contract/quarantine/own.ts'
import { implement } from '#src/endpoint.ts'
import { recordAsking } from '#src/use-cases/quarantine/record-own-word.ts'
import { recordedAnswer } from '#src/use-cases/quarantine/recorded-answer.ts'

export const quarantineAsk = implement(declaration, async ({ context, body }) =>
  recordedAnswer(await recordAsking(context, body)),
)
