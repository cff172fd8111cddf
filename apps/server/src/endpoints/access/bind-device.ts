import { bindDevice as declaration } from '@guankou/contract/access/enrolment.ts'
import { implement } from '#src/endpoint.ts'
import { bindDevice } from '#src/use-cases/devices/bind-device.ts'

export const accessBindDevice = implement(declaration, ({ context, actor, body }) =>
  bindDevice(context, actor, body),
)
