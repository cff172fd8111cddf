import { checkRelease as declaration } from '@guankou/contract/quarantine/released.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { checkReleaseText } from '#src/use-cases/quarantine/release-code.ts'

export const quarantineReleased = implement(declaration, async ({ context, body }) =>
  done(await checkReleaseText(context, body.text)),
)
