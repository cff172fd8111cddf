import { restoreDevice as declaration } from '@guankou/contract/access/device-removal.ts'
import { implement } from '#src/endpoint.ts'
import { returnDevice } from '#src/use-cases/devices/remove-device.ts'

export const accessRestoreDevice = implement(declaration, ({ context, actor, body }) =>
  returnDevice(context, actor, body),
)
