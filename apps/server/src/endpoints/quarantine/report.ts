import { reportQuarantine as declaration } from '@guankou/contract/quarantine/own.ts'
import { implement } from '#src/endpoint.ts'
import { recordReport } from '#src/use-cases/quarantine/record-own-word.ts'
import { recordedAnswer } from '#src/use-cases/quarantine/recorded-answer.ts'

export const quarantineReport = implement(declaration, async ({ context, body }) =>
  recordedAnswer(await recordReport(context, body)),
)
