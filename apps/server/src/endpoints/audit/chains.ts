import { auditChains as declaration } from '@guankou/contract/audit/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readChains } from '#src/use-cases/audit/verify-chains.ts'

export const auditChains = implement(declaration, ({ context, actor }) => readChains(context, actor))
