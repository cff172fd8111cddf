import { smallCountThreshold } from '@guankou/contract/situation/endpoints.ts'
import { nothingDeclared } from '@guankou/db/queries/origin/add-to-origin-rollups.ts'
import type { DeclaredCount } from '@guankou/db/queries/origin/arrivals.ts'
import { originOfDivision } from '@guankou/geodata/divisions/origin-of-division.ts'

/** People who named each region, added up over the days on which they were not few; nothing else is told of them. */
export const toldDeclared = (counts: readonly DeclaredCount[]): ReadonlyMap<number, number> => {
  const ofDay = new Map<string, { readonly region: number; readonly people: number }>()
  for (const { day, declaredCode, travellers } of counts) {
    const region =
      declaredCode === nothingDeclared ? nothingDeclared : (originOfDivision(declaredCode) ?? declaredCode)
    const key = `${day} ${region}`
    ofDay.set(key, { region, people: (ofDay.get(key)?.people ?? 0) + travellers })
  }
  const told = new Map<number, number>()
  for (const { region, people } of ofDay.values())
    if (people >= smallCountThreshold) told.set(region, (told.get(region) ?? 0) + people)
  return told
}
