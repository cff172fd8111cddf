import { createHash } from 'node:crypto'
import { findAccountByLogin } from '@guankou/db/queries/access/accounts.ts'
import { readWorklists } from '@guankou/db/queries/worklists/board.ts'
import { drawHotelGuests } from '@guankou/simulator/lists/hotel-guests.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { findTrafficActor } from '#src/demo/traffic.ts'
import type { Result } from '#src/result.ts'
import { inspect, start } from '#src/use-cases/worklists/inspect-file.ts'
import { addPart, begin } from '#src/use-cases/worklists/receive-file.ts'

const guests = 400
const demoSeed = 20_200_124

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`the demo list was refused with ${result.refusal.code}`)
  return result.value
}

const clerkOf = async ({ db }: ServerContext): Promise<Actor | undefined> => {
  const account = await findAccountByLogin(db.query, 'screening-clerk')
  if (account === undefined) return undefined
  const { id, name, role, areaCode, crew } = account
  return { ...(await findTrafficActor(db)), accountId: id, name, role, areaCode, crew }
}

/** Brings the list of a hotel as its clerk would, where the demo city has none: rows to call, and some to mend. */
export const bringDemoLists = async (context: ServerContext): Promise<void> => {
  const clerk = await clerkOf(context)
  if (clerk === undefined || (await readWorklists(context.db.query, { latest: 1, most: 1 })).length > 0)
    return
  const file = Buffer.from(`\ufeff${drawHotelGuests(guests, demoSeed).text}`)
  const begun = must(
    await begin(context, clerk, {
      jurisdiction: clerk.areaCode,
      kind: 'hotel-guests',
      title: '演示酒店 · Demo hotel',
      bytes: file.length,
      sha256: createHash('sha256').update(file).digest('hex'),
    }),
  )
  const { importId } = begun
  must(await addPart(context, clerk, { importId, position: 0, content: file.toString('base64') }))
  const { columns } = must(await inspect(context, clerk, { importId }))
  must(
    await start(context, clerk, {
      importId,
      columns: columns.map(({ guess, order }) => ({ field: guess, order })),
    }),
  )
  context.worklists.kick()
}
