import { listDevices } from '@guankou/contract/access/devices.ts'
import { readDevices } from '@guankou/db/queries/access/devices.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'

export const accessDevices = implement(listDevices, async ({ context, actor }) =>
  done({ devices: await readDevices(context.db.query, (areaCode) => mayActIn(actor, areaCode)) }),
)
