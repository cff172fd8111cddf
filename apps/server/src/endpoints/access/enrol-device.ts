import { enrolDevice as declaration } from '@guankou/contract/access/enrolment.ts'
import { implement } from '#src/endpoint.ts'
import { enrolDevice } from '#src/use-cases/devices/enrol-device.ts'

export const accessEnrolDevice = implement(declaration, ({ context, body }) => enrolDevice(context, body))
