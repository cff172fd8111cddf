import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from '@guankou/contract/client.ts'
import {
  addWorklistPart,
  beginWorklist,
  inspectWorklist,
  listWorklists,
  startWorklist,
} from '@guankou/contract/worklists/endpoints.ts'
import { findAccountByLogin, insertAccounts } from '@guankou/db/queries/access/accounts.ts'
import { issueSignInLink } from '@guankou/server/use-cases/access/sign-in.ts'
import { drawHotelGuests } from '@guankou/simulator/lists/hotel-guests.ts'
import { encodeGb18030 } from '@guankou/testkit/files/gb18030.ts'
import { v7 } from 'uuid'
import { signIn, startSystem } from './ingest/system.ts'
import { childrenOf, peakMegabytes, residentMegabytes } from './reconnect/server-memory.ts'

/**
 * A list of 100,000 rows from the first part sent to the last row committed: in a server process of its own, against the
 * embedded PostgreSQL on this machine. The last line is one JSON object; its memory is that of the process that reads the
 * list, together with what the server holds more than before.
 */
const rows = Number(process.argv[2] ?? 100_000)
const jurisdiction = 440402

const system = await startSystem()
const { db, target } = system
const login = 'bench-clerk'
await insertAccounts(db.query, [
  {
    id: v7(),
    login,
    name: { zh: '测量', en: 'Bench' },
    role: 'screening-clerk',
    areaCode: 440400,
    crew: null,
  },
])
const account = await findAccountByLogin(db.query, login)
if (account === undefined) throw new Error('the clerk was not made')
const link = await issueSignInLink(db, account, Date.now())
const base = `http://${target.host}:${target.port}`
const token = await signIn(new URL(base), link.token)
const client = createClient(fetch, {
  base,
  front: 'service',
  headers: { cookie: `guankou_service=${token}` },
})

const list = drawHotelGuests(rows, 20_200_123)
const file = encodeGb18030(list.text)
const idleMegabytes = residentMegabytes(system.serverPid)
const began = performance.now()
const secondsSince = (): number => Number(((performance.now() - began) / 1_000).toFixed(2))

const begun = await client.call(beginWorklist, {
  body: {
    jurisdiction,
    kind: 'hotel-guests',
    title: 'Bench',
    bytes: file.length,
    sha256: createHash('sha256').update(file).digest('hex'),
  },
})
if (begun.is !== 'ok') throw new Error(JSON.stringify(begun))
const { importId, listId, partBytes } = begun.value
for (let position = 0; position * partBytes < file.length; position += 1) {
  const content = file.subarray(position * partBytes, (position + 1) * partBytes).toString('base64')
  const added = await client.call(addWorklistPart, { body: { importId, position, content } })
  if (added.is !== 'ok') throw new Error(JSON.stringify(added))
}
const sentSeconds = secondsSince()
const inspected = await client.call(inspectWorklist, { body: { importId } })
if (inspected.is !== 'ok') throw new Error(JSON.stringify(inspected))
const columns = inspected.value.columns.map(({ guess, order }) => ({ field: guess, order }))
const started = await client.call(startWorklist, { body: { importId, columns } })
if (started.is !== 'ok') throw new Error(JSON.stringify(started))

let shown = 0
let readerMegabytes: number | null = null
for (;;) {
  await pause(250)
  for (const pid of childrenOf(system.serverPid))
    readerMegabytes = Math.max(readerMegabytes ?? 0, peakMegabytes(pid) ?? 0)
  const board = await client.call(listWorklists, {})
  const read = board.is === 'ok' ? board.value.lists.find(({ id }) => id === listId)?.imports[0] : undefined
  if (read === undefined || read.state === 'failed') throw new Error(JSON.stringify(board))
  shown += 1
  if (read.state !== 'done') continue
  const seconds = secondsSince()
  const serverMegabytes = peakMegabytes(system.serverPid)
  const { taken, rejected, linked } = read
  if (taken + rejected !== rows || rejected !== list.wrong)
    throw new Error(`counted ${taken} and ${rejected} of ${rows} rows, ${list.wrong} of them wrong`)
  await system.stop()
  console.log(
    JSON.stringify({
      bench: 'import',
      rows,
      bytes: file.length,
      seconds,
      sentSeconds,
      taken,
      rejected,
      linked,
      idleMegabytes,
      serverMegabytes,
      readerMegabytes,
      peakMegabytes:
        readerMegabytes === null || serverMegabytes === null || idleMegabytes === null
          ? null
          : readerMegabytes + serverMegabytes - idleMegabytes,
      progressShown: shown,
    }),
  )
  break
}
