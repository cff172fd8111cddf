import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from '@guankou/contract/client.ts'
import { decideProposal, proposeRules } from '@guankou/contract/rescreen/proposals.ts'
import { listRescreens } from '@guankou/contract/rescreen/runs.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { openNextCall } from '@guankou/contract/worklists/follow-up.ts'
import { findAccountByLogin, insertAccounts } from '@guankou/db/queries/access/accounts.ts'
import { addDays, daySlotOf } from '@guankou/domain/places/calendar.ts'
import { createIdentitySealer } from '@guankou/server/identity/identity-sealer.ts'
import { issueSignInLink } from '@guankou/server/use-cases/access/sign-in.ts'
import { v7 } from 'uuid'
import { signIn, startSystem } from './ingest/system.ts'
import { fillFile } from './rescreen/fill-file.ts'

/**
 * A planner proposes an area at risk and a commander agrees, over a file of a million people: from the call by which the
 * commander agrees to the last person on a list,
 * in a server process of its own and against the embedded PostgreSQL on this machine. The last line is one JSON object.
 */
const people = Number(process.argv[2] ?? 1_000_000)
const city = 440_400
const area = 330_100
const responseId = 'covid-19-like'

const system = await startSystem()
const { db, target, reference, keys } = system
const base = `http://${target.host}:${target.port}`
const say = (text: string): void => void process.stderr.write(`${text}\n`)

const clientOf = async (role: Role) => {
  const login = `bench-${role}`
  const name = { zh: '测量', en: 'Bench' }
  await insertAccounts(db.query, [{ id: v7(), login, name, role, areaCode: city, crew: null }])
  const account = await findAccountByLogin(db.query, login)
  if (account === undefined) throw new Error('the account was not made')
  const link = await issueSignInLink(db, account, Date.now())
  const token = await signIn(new URL(base), link.token)
  return createClient(fetch, { base, front: 'service', headers: { cookie: `guankou_service=${token}` } })
}

const timeZone = reference.jurisdiction(city)?.timeZone ?? 'Asia/Shanghai'
const today = daySlotOf(timeZone, Date.now()).day
const filling = performance.now()
const expected = await fillFile(
  db,
  createIdentitySealer(db, keys, Date.now),
  {
    people,
    jurisdictions: reference.jurisdictions.map(({ code }) => code).filter((code) => code !== city),
    today,
    responseId,
    area,
    share: 0.04,
  },
  (done) => say(`${done} people on file`),
)
const fillSeconds = Number(((performance.now() - filling) / 1_000).toFixed(1))
// A city's tables were looked at by autovacuum long before somebody asks.
await db.pool.query('analyze screenings, screening_travellers')

const commander = await clientOf('commander')
const clerk = await clientOf('screening-clerk')
const planner = await clientOf('duty-planner')
const version = Math.max(...(reference.response(responseId)?.ruleSets ?? []).map((each) => each.version))
const proposed = await planner.call(proposeRules, {
  body: {
    responseId,
    afterVersion: version,
    added: [{ areaCode: area, level: 'high', from: addDays(today, -40) }],
    ended: [],
    dueHours: 24,
  },
})
if (proposed.is !== 'ok') throw new Error(JSON.stringify(proposed))
const { proposalId } = proposed.value
const began = performance.now()
const secondsSince = (): number => Number(((performance.now() - began) / 1_000).toFixed(2))
const published = await commander.call(decideProposal, { body: { proposalId, decision: 'agree' } })
if (published.is !== 'ok') throw new Error(JSON.stringify(published))

let selectSeconds: number | null = null
for (;;) {
  await pause(100)
  const answer = await commander.call(listRescreens, {})
  const run = answer.is === 'ok' ? answer.value.runs[0] : undefined
  if (run === undefined || run.state === 'failed') throw new Error(JSON.stringify(answer))
  if (run.state !== 'selecting') selectSeconds ??= secondsSince()
  if (run.state !== 'done') continue
  const seconds = secondsSince()
  const sum = (key: 'selected' | 'listed' | 'linked' | 'unreadable' | 'toVisit'): number =>
    run.districts.reduce((total, each) => total + each[key], 0)
  const [selected, listed, linked] = [sum('selected'), sum('listed'), sum('linked')]
  if (run.onFile !== people || selected !== expected || listed + linked !== selected)
    throw new Error(
      `selected ${selected} of ${expected}, listed ${listed}, linked ${linked} of ${run.onFile}`,
    )
  const call = await clerk.call(openNextCall, { body: {} })
  if (call.is !== 'ok' || !/^旅客\d{8}$/.test(call.value.call?.name ?? ''))
    throw new Error(`the first call does not open: ${JSON.stringify(call)}`)
  await system.stop()
  console.log(
    JSON.stringify({
      bench: 'rescreen',
      people,
      seconds,
      selectSeconds,
      selected,
      listed,
      linked,
      toVisit: sum('toVisit'),
      unreadable: sum('unreadable'),
      fillSeconds,
    }),
  )
  break
}
