import { certificateKeys } from '@guankou/contract/certificates/trust-list.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'

export const certificatesKeys = implement(certificateKeys, async ({ context }) =>
  done({ keys: [...context.certificates.keys] }),
)
