import { removeTotp as declaration } from '@guankou/contract/access/own-account.ts'
import { implement } from '#src/endpoint.ts'
import { removeTotp } from '#src/use-cases/access/totp.ts'

export const accessRemoveTotp = implement(declaration, ({ context, actor }) => removeTotp(context, actor))
