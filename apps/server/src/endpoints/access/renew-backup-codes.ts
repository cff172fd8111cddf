import { renewBackupCodes as declaration } from '@guankou/contract/access/own-account.ts'
import { implement } from '#src/endpoint.ts'
import { renewBackupCodes } from '#src/use-cases/access/totp.ts'

export const accessRenewBackupCodes = implement(declaration, ({ context, actor }) =>
  renewBackupCodes(context, actor),
)
