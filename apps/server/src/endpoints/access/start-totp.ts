import { startTotp as declaration } from '@guankou/contract/access/own-account.ts'
import { implement } from '#src/endpoint.ts'
import { startTotp } from '#src/use-cases/access/totp.ts'

export const accessStartTotp = implement(declaration, ({ context, actor }) => startTotp(context, actor))
