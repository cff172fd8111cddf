import { listAccounts as declaration } from '@guankou/contract/access/accounts.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { listAccounts } from '#src/use-cases/access/list-accounts.ts'

export const accessAccounts = implement(declaration, async ({ context, actor, query }) =>
  done(await listAccounts(context, actor, query)),
)
