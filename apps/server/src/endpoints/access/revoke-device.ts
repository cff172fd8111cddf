import { revokeDevice as declaration } from '@guankou/contract/access/device-removal.ts'
import { implement } from '#src/endpoint.ts'
import { removeDevice } from '#src/use-cases/devices/remove-device.ts'

export const accessRevokeDevice = implement(declaration, ({ context, actor, body }) =>
  removeDevice(context, actor, body),
)
