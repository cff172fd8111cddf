import { contactDevice as declaration } from '@guankou/contract/access/device-contact.ts'
import { implement } from '#src/endpoint.ts'
import { contactDevice } from '#src/use-cases/devices/contact-device.ts'

export const accessContactDevice = implement(declaration, ({ context, body }) => contactDevice(context, body))
