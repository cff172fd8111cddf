import { readOwnAccount as declaration } from '@guankou/contract/access/own-account.ts'
import { implement } from '#src/endpoint.ts'
import { readOwnAccount } from '#src/use-cases/access/own-account.ts'

export const accessOwnAccount = implement(declaration, ({ context, actor }) => readOwnAccount(context, actor))
