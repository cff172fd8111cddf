import { auditEntries as declaration } from '@guankou/contract/audit/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { searchAudit } from '#src/use-cases/audit/search-audit.ts'

export const auditEntries = implement(declaration, ({ context, actor, query }) =>
  searchAudit(context, actor, query),
)
