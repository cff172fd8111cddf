import { type OriginMixing, type OriginQuery, originWindowDays } from '@guankou/contract/origin/risk.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { nothingDeclared } from '@guankou/db/queries/origin/add-to-origin-rollups.ts'
import { readDeclared } from '@guankou/db/queries/origin/arrivals.ts'
import { readMixes } from '@guankou/db/queries/origin/results.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { stampOf } from '#src/jobs/model-stamp-of.ts'
import { bilingualName, daysOf } from '#src/projections/origin/names.ts'
import { shownRegions } from '#src/projections/origin/shown-regions.ts'
import { toldDeclared } from '#src/projections/origin/told-declared.ts'
import { done, type Result } from '#src/result.ts'
import { findResult, originScope, readTold } from '#src/use-cases/origin/origin-scope.ts'

const level = 0.9

const twoDigits = (value: number): number => (value === 0 ? 0 : Number(value.toPrecision(2)))

/** Where people were, beside where their journey began. */
export const readMixing = async (
  context: ServerContext,
  actor: Actor,
  query: OriginQuery,
): Promise<Result<OriginMixing>> => {
  const scope = originScope(context, query)
  if (!scope.ok) return scope
  const { area, jurisdictions } = scope.value
  return inArea(context.db, actor.areaCode, async (tx) => {
    const { day, output } = await findResult(tx, scope.value)
    const from = addDays(day, 1 - originWindowDays)
    const declared = toldDeclared(await readDeclared(tx, jurisdictions, { from, until: day }))
    const mixes = output === undefined ? [] : await readMixes(tx, area, output.runId)
    const told = await readTold(context, tx, scope.value, daysOf(from, day, addDays))
    const named = new Set([...told.values()].flatMap(({ origins }) => [...origins.keys()]))
    const isNamed = (region: number): boolean => named.has(region) || declared.has(region)
    return done({
      day,
      from,
      until: day,
      stamp: output === undefined ? null : stampOf('origins', output, 'share'),
      nothingDeclared: declared.get(nothingDeclared) ?? 0,
      regions: shownRegions(mixes.filter(({ regionCode }) => isNamed(regionCode))).map((mix) => ({
        regionCode: mix.regionCode,
        name: bilingualName(mix.regionCode),
        lastLeg: twoDigits(mix.lastLeg),
        declared: declared.get(mix.regionCode) ?? null,
        estimated: {
          value: twoDigits(mix.estimated),
          low: twoDigits(mix.low90),
          high: twoDigits(mix.high90),
          level,
        },
      })),
    })
  })
}
