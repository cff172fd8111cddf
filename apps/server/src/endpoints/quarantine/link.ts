import { readQuarantineLink as declaration } from '@guankou/contract/quarantine/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { giveLink } from '#src/use-cases/quarantine/give-link.ts'

export const quarantineLink = implement(declaration, ({ context, actor, body }) =>
  giveLink(context, actor, body),
)
