import { verifyAuditChains } from '@guankou/contract/audit/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { verifyChains } from '#src/use-cases/audit/verify-chains.ts'

export const auditVerify = implement(verifyAuditChains, ({ context, actor }) => verifyChains(context, actor))
