import { auditHeads as declaration } from '@guankou/contract/audit/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readHeads } from '#src/use-cases/audit/read-heads.ts'

export const auditHeads = implement(declaration, ({ context, query }) => readHeads(context, query))
