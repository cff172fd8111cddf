import { issueLink as declaration } from '@guankou/contract/access/accounts.ts'
import { implement } from '#src/endpoint.ts'
import { issueLink } from '#src/use-cases/access/write-account.ts'

export const accessIssueLink = implement(declaration, ({ context, actor, body }) =>
  issueLink(context, actor, body.accountId),
)
