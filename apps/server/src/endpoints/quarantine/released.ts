import { checkRelease as declaration } from '@guankou/contract/quarantine/released.ts'
import { implement } from '#src/endpoint.ts'
import { checkReleaseText } from '#src/use-cases/quarantine/release-code.ts'

export const quarantineReleased = implement(declaration, ({ context, body }) =>
  checkReleaseText(context, body.text),
)
