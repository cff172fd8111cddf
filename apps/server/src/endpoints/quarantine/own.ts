import { readOwnQuarantine as declaration } from '@guankou/contract/quarantine/own.ts'
import { implement } from '#src/endpoint.ts'
import { readOwn } from '#src/use-cases/quarantine/read-own.ts'

export const quarantineOwn = implement(declaration, ({ context, body }) => readOwn(context, body))
