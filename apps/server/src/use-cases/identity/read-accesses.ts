import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import type { AccessesAnswer, listAccesses, OfficerAccesses } from '@guankou/contract/identity/accesses.ts'
import type { listOwnLookUps, OwnLookUp } from '@guankou/contract/identity/look-up.ts'
import { type AccessWay, wideLookUpsPerDay } from '@guankou/contract/identity/purposes.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readOwnLookUps } from '@guankou/db/queries/identity-access/look-ups.ts'
import {
  countAccesses,
  countLookUps,
  countPeopleSeen,
  readAccountNames,
  readLatestAccesses,
} from '@guankou/db/queries/identity-access/read-accesses.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { instantsOfDay, isAskable } from '#src/projections/situation/days.ts'
import { done, type Result, refused } from '#src/result.ts'
import { readLimits } from '#src/use-cases/identity/limits.ts'
import { jurisdictionsOf, keyOwnerOf } from '#src/use-cases/identity/look-up-person.ts'

const ownShown = 50
const latestShown = 100

/** The latest look-ups of an account and what it has left. */
export const readOwn = (
  context: ServerContext,
  actor: Actor,
): Promise<Result<OutputOf<typeof listOwnLookUps>>> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    const rows = await readOwnLookUps(transaction, actor.accountId, ownShown)
    return done({
      limits: await readLimits(transaction, actor.accountId, context.now()),
      lookUps: rows.map((row) => ({
        at: row.at.toISOString(),
        purpose: row.purpose as OwnLookUp['purpose'],
        kind: row.kind as OwnLookUp['kind'],
        matches: row.matches,
      })),
    })
  })

type Counts = {
  readonly lookUps: Awaited<ReturnType<typeof countLookUps>>
  readonly accesses: Awaited<ReturnType<typeof countAccesses>>
  readonly people: ReadonlyMap<string, number>
}

const officerOf = (
  accountId: string,
  { lookUps, accesses, people }: Counts,
  names: ReadonlyMap<string, OfficerAccesses['officer']>,
): OfficerAccesses => {
  const searched = lookUps.filter((row) => row.accountId === accountId)
  const seen = accesses.filter((row) => row.accountId === accountId)
  const via = (way: AccessWay): number =>
    seen.filter((row) => row.via === way).reduce((sum, row) => sum + row.times, 0)
  const deliberate = searched.filter(({ purpose }) => purpose !== 'screening')
  const total = deliberate.reduce((sum, row) => sum + row.lookUps, 0)
  const unmasked = via('unmask')
  const purposes = new Map<string, number>()
  for (const { purpose, lookUps: times } of searched)
    purposes.set(purpose, (purposes.get(purpose) ?? 0) + times)
  for (const { purpose, times, via: way } of seen)
    if (way === 'export' || way === 'pairing' || way === 'subject-request')
      purposes.set(purpose, (purposes.get(purpose) ?? 0) + times)
  const name = names.get(accountId) ?? { zh: '其他地区账号', en: 'Account of another area' }
  return {
    accountId,
    officer: { ...name },
    role: (searched[0]?.role ?? seen[0]?.role ?? 'service-account') as Role,
    lookUps: total,
    lookUpsWithoutMatch: deliberate.reduce((sum, row) => sum + row.withoutMatch, 0),
    unmasked,
    exported: via('export'),
    people: people.get(accountId) ?? 0,
    purposes: [...purposes].map(([purpose, times]) => ({ purpose, times })),
    wide: total > wideLookUpsPerDay || unmasked > wideLookUpsPerDay,
  }
}

const byWidth = (a: OfficerAccesses, b: OfficerAccesses): number =>
  Number(b.wide) - Number(a.wide) || b.lookUps + b.unmasked - (a.lookUps + a.unmasked)

/** Who saw people on a day, officer by officer. */
export const readAccesses = async (
  context: ServerContext,
  actor: Actor,
  query: QueryOf<typeof listAccesses>,
): Promise<Result<AccessesAnswer>> => {
  if (query.day !== undefined && !isAskable(query.day)) return refused('INVALID_INPUT', '/day')
  const day = query.day ?? keyOwnerOf(context, query.area).day
  const timeZone = context.reference.current().jurisdiction(query.area)?.timeZone ?? 'UTC'
  const window = {
    ...instantsOfDay(timeZone, day),
    areas: [...new Set([query.area, ...jurisdictionsOf(context, query.area)])],
  }
  return inArea(context.db, actor.areaCode, async (transaction) => {
    const counts = {
      lookUps: await countLookUps(transaction, window),
      accesses: await countAccesses(transaction, window),
      people: await countPeopleSeen(transaction, window),
    }
    const latest = await readLatestAccesses(transaction, window, latestShown)
    const ids = [...new Set([...counts.lookUps, ...counts.accesses].map((row) => row.accountId))]
    const names = await readAccountNames(transaction, ids)
    const officers = ids.map((id) => officerOf(id, counts, names)).sort(byWidth)
    return done({
      day,
      officers,
      latest: latest.map((row) => ({
        at: row.at.toISOString(),
        officer: officers.find((one) => one.accountId === row.accountId)?.officer ?? { zh: '—', en: '—' },
        purpose: row.purpose,
        way: row.via as AccessWay,
        fields: row.fields,
      })),
    })
  })
}
