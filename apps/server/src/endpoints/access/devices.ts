import { listDevices } from '@guankou/contract/access/devices.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readDevices } from '@guankou/db/queries/access/devices.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'

export const accessDevices = implement(listDevices, async ({ context, actor }) =>
  done({
    devices: await inArea(context.db, actor.areaCode, (tx) =>
      readDevices(tx, (areaCode) => mayActIn(actor, areaCode)),
    ),
  }),
)
