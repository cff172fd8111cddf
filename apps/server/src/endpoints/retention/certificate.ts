import { readRetentionCertificate } from '@guankou/contract/retention/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readRetentionCertificate as read } from '#src/use-cases/retention/read-retention.ts'

export const retentionCertificate = implement(readRetentionCertificate, ({ context, actor, query }) =>
  read(context, actor, query.id),
)
