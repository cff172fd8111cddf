import { screeningMethods } from '@guankou/contract/testing/allocation.ts'
import {
  readEntryMilliseconds,
  readFebrileFindings,
  readMethods,
  readTypeArrivals,
} from '@guankou/db/queries/testing/day-counts.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import type { ModelRun } from '#src/jobs/model-job.ts'
import type { EvidenceInput, MethodTally, TypeTally } from './evidence.ts'
import { evidenceDays, isSingledOut, type TestingInputs } from './read-inputs.ts'
import { typeCodeOf, typeOf } from './traveller-type.ts'

type Run = ModelRun<TestingInputs>
type Window = { readonly from: string; readonly until: string }

const windowOf = (today: string): Window => ({ from: addDays(today, 1 - evidenceDays), until: today })

const typeTallies = async ({ db, city, plan }: Run, window: Window): Promise<TypeTally[]> => {
  const arrivals = await readTypeArrivals(db.query, city.areas, window)
  const rows = [
    ...plan.needs.testing
      .filter(({ day }) => day >= window.from)
      .map((row) => ({ ...row, arrivals: 0, tested: row.positive + row.negative })),
    ...arrivals.map((row) => ({ ...row, arrivals: row.travellers, tested: 0, positive: 0 })),
  ]
  return [...Map.groupBy(rows, (row) => `${row.jurisdiction}|${typeCodeOf(row)}`).values()].flatMap(
    (cells) => {
      const [first] = cells
      if (first === undefined) return []
      const add = (count: (cell: (typeof rows)[number]) => number) =>
        cells.reduce((total, cell) => total + count(cell), 0)
      return {
        jurisdiction: first.jurisdiction,
        type: typeCodeOf(first),
        arrivals: add((cell) => cell.arrivals),
        tested: add((cell) => cell.tested),
        positives: add((cell) => cell.positive),
      }
    },
  )
}

const isMethod = (method: string): method is MethodTally['method'] =>
  screeningMethods.some((known) => known === method)

/** The time of an entry goes to the methods of its post by the people they were used on. */
const methodTallies = async ({ db, city, plan }: Run, window: Window): Promise<MethodTally[]> => {
  const methods = await readMethods(db.query, city.areas, window)
  const milliseconds = await readEntryMilliseconds(db.query, city.areas, window)
  const findings = await readFebrileFindings(db.query, city.areas, window)
  const spent = new Map(milliseconds.map((row) => [row.postId, row.milliseconds]))
  const screenedAt = new Map<number, number>()
  for (const { postId, screened } of methods) screenedAt.set(postId, (screenedAt.get(postId) ?? 0) + screened)
  const taken = methods.flatMap(({ jurisdiction, postId, method, screened }) => {
    if (!isMethod(method)) return []
    const found = findings.find((row) => row.postId === postId && row.method === method)?.findings ?? 0
    const share = screened / Math.max(1, screenedAt.get(postId) ?? 1)
    const minutes = ((spent.get(postId) ?? 0) / 60_000) * share
    return { jurisdiction, postId, method, screened, findings: Math.min(screened, found), minutes }
  })
  const { settings, testing } = plan.needs
  const tested = [...Map.groupBy(testing, ({ postId }) => postId)].flatMap(([postId, rows]) => {
    const positives = rows.reduce((total, { positive }) => total + positive, 0)
    const screened = rows.reduce((total, { negative }) => total + negative, positives)
    const jurisdiction = rows[0]?.jurisdiction
    if (jurisdiction === undefined || screened === 0) return []
    const minutes = settings.testMinutes * screened
    return { jurisdiction, postId, method: 'test' as const, screened, findings: positives, minutes }
  })
  return [...taken, ...tested]
}

/** What evidence is computed from, without the state. */
export const readEvidenceInput = async (run: Run): Promise<Omit<EvidenceInput, 'state' | 'smallCount'>> => {
  const { city, plan } = run
  const window = windowOf(city.today)
  const types = await typeTallies(run, window)
  const known = [...new Set(types.map(({ type }) => type))]
  return {
    day: city.today,
    cityCode: city.code,
    areas: city.areas,
    types,
    methods: await methodTallies(run, window),
    singledOut: known.filter((type) => isSingledOut(plan.needs, typeOf(type))),
    worthMinutes: plan.needs.settings.worthMinutes,
  }
}
