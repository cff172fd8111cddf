import { readOwnQuarantine as declaration } from '@guankou/contract/quarantine/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readOwn } from '#src/use-cases/quarantine/read-own.ts'

export const quarantineOwn = implement(declaration, ({ context, body }) => readOwn(context, body))
