import { createHash } from 'node:crypto'
import { nothingDeclared } from '@guankou/db/queries/origin/add-to-origin-rollups.ts'
import {
  type DayRange,
  readArrivalDays,
  readArrivalMarks,
  readArrivals,
  readDeclared,
} from '@guankou/db/queries/origin/arrivals.ts'
import { readKnownReports, readReportsMark } from '@guankou/db/queries/origin/case-reports.ts'
import { readPublished } from '@guankou/db/queries/origin/results.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import { addDays, daySlotOf } from '@guankou/domain/places/calendar.ts'
import { originOfDivision } from '@guankou/geodata/divisions/origin-of-division.ts'
import type { ModelCity, ModelParts } from '#src/jobs/model-job.ts'
import type { Destination, OriginFiguresInput } from '#src/jobs/origin/origin-figures.ts'

/** Days of arrivals that a result is made from; two weeks of them are told of. */
export const usedDays = 28
export const toldDays = 14
/** Results of so many days back are made anew where anything of them changed. */
const keptFreshDays = 28
/** Reports of cases reach back so far. */
const reportedDays = 120

/** What a result as of a day is made from. */
export type OriginNeeds = { readonly asOf: string; readonly used: DayRange }

export type OriginDue = OriginNeeds & { readonly inputs: string }

const hashOf = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)

/** Arrivals of today grow all the time; what is made of them is made anew once an hour. */
const hourMark = ({ nowMs, timeZone }: ModelCity): string =>
  String(Math.floor(daySlotOf(timeZone, nowMs).slot / 3))

/**
 * The first day, from today backwards, whose result is not made from what is known now; undefined where all are.
 * @param version  of the model
 */
export const findDue = async ({ db, city }: ModelParts, version: string): Promise<OriginDue | undefined> => {
  const arrived = await readArrivalDays(db.query, city.areas)
  if (arrived === undefined || arrived.from > city.today) return undefined
  const oldest = addDays(city.today, 1 - keptFreshDays)
  const first = arrived.from > oldest ? arrived.from : oldest
  const marks = await readArrivalMarks(db.query, city.areas, {
    from: addDays(first, 1 - usedDays),
    until: city.today,
  })
  const published = new Map(
    (await readPublished(db.query, city.code, 'origins')).map((each) => [each.part, each]),
  )
  for (let asOf = city.today; asOf >= first; asOf = addDays(asOf, -1)) {
    const from = addDays(asOf, 1 - usedDays)
    const used = { from: from > arrived.from ? from : arrived.from, until: asOf }
    const days = [...marks].filter(([day]) => day >= used.from && day <= asOf).sort()
    const inputs = hashOf([
      await readReportsMark(db.query, city.code, asOf),
      ...days.map(([day, mark]) => `${day} ${day === city.today ? hourMark(city) : mark}`),
    ])
    const shown = published.get(asOf)
    const shownInputs = (shown?.parameters as { inputs?: unknown } | undefined)?.inputs
    if (shown?.version !== version || shownInputs !== inputs) return { asOf, used, inputs }
  }
  return undefined
}

/** The region that somebody named, as an origin; a province as a whole stands for itself. */
const regionOf = (declaredCode: number): number | null =>
  declaredCode === nothingDeclared ? null : (originOfDivision(declaredCode) ?? declaredCode)

/** Reads what was known as of the day, for the city and each district in it. */
export const readFiguresInputs = async (
  { db, city }: ModelParts,
  { asOf, used }: OriginNeeds,
): Promise<readonly OriginFiguresInput[]> => {
  const arrivals = await readArrivals(db.query, city.areas, used)
  const declared = await readDeclared(db.query, city.areas, used)
  const reports = await readKnownReports(db.query, {
    jurisdiction: city.code,
    asOf,
    from: addDays(asOf, -reportedDays),
  })
  const windowFrom = addDays(asOf, 1 - toldDays)
  return city.areas.map((code): OriginFiguresInput => {
    const destination: Destination = {
      code,
      arrivals: arrivals.filter(({ jurisdiction }) => liesIn(jurisdiction, code)),
      declarations: declared
        .filter(({ jurisdiction }) => liesIn(jurisdiction, code))
        .map(({ originCode, declaredCode, travellers }) => ({
          originCode,
          regionCode: regionOf(declaredCode),
          travellers,
        })),
    }
    return { asOf, windowFrom, destination, reports }
  })
}
