import type { Database } from '@guankou/db/database.ts'
import { type Account, insertAccounts } from '@guankou/db/queries/access/accounts.ts'
import { insertCity, readInstallation } from '@guankou/db/queries/places/places.ts'
import { insertResponse } from '@guankou/db/queries/responses/responses.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { buildZhuhaiCity, type DemoCity } from '@guankou/simulator/cities/zhuhai-2020/zhuhai.ts'
import { v7 } from 'uuid'
import { loadReportedCases } from '#src/demo/reported-cases.ts'

/** The demo stops taking records after half a year unless somebody starts it anew. */
const collectionDays = 180

const accountsOf = ({ accounts, city }: DemoCity): Account[] =>
  accounts.map((account) => ({
    id: v7(),
    login: account.login,
    name: account.name,
    role: account.role,
    areaCode: account.areaCode,
    crew: city.crews.find((crew) => crew.id === account.crewId)?.name ?? null,
  }))

export type LoadedCity = { readonly isNew: boolean; readonly demo: DemoCity }

/** Thrown where another city than the demo one is installed: its data is not ours to touch. */
export class OtherCityError extends Error {
  constructor(cityCode: number) {
    super(`city ${cityCode} is installed here`)
    this.name = 'OtherCityError'
  }
}

/** Loads the demo city into an empty installation; leaves it alone where it is there already. */
export const loadDemoCity = async (db: Database, nowMs: number): Promise<LoadedCity> => {
  const demo = buildZhuhaiCity()
  const installed = await readInstallation(db.query)
  if (installed !== undefined && !installed.demo) throw new OtherCityError(installed.cityCode)
  if (installed !== undefined) return { isNew: false, demo }
  const today = new Date(nowMs).toISOString().slice(0, 10)
  const { code, jurisdictions, posts, crews, gridCells } = demo.city
  await db.query.transaction().execute(async (tx) => {
    await insertResponse(tx, demo.response(addDays(today, collectionDays)))
    await insertAccounts(tx, accountsOf(demo))
    await insertCity(tx, { cityCode: code, demo: true, jurisdictions, posts, crews, gridCells })
    await loadReportedCases(tx, { cityCode: code, nowMs })
  })
  return { isNew: true, demo }
}
