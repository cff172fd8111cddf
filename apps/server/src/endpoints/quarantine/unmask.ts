import { unmaskQuarantineField as declaration } from '@guankou/contract/quarantine/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { unmaskPerson } from '#src/use-cases/quarantine/unmask-person.ts'

export const quarantineUnmask = implement(declaration, ({ context, actor, body }) =>
  unmaskPerson(context, actor, body),
)
