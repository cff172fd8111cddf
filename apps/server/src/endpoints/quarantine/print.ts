import { printQuarantine as declaration } from '@guankou/contract/quarantine/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { printPaper } from '#src/use-cases/quarantine/print-paper.ts'

export const quarantinePrint = implement(declaration, ({ context, actor, body, client: { origin } }) =>
  printPaper(context, actor, { body, origin }),
)
