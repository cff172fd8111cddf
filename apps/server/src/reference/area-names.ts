import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { RuleSet } from '@guankou/contract/responses/response.ts'
import { areaNames } from '@guankou/geodata/divisions/area-name.ts'

/** What an area is called under a version of the rules: streets have the names that its risk areas bring. */
export const areaNamesIn = (ruleSet: Pick<RuleSet, 'riskAreas'> | undefined, code: number): Bilingual => {
  const name = ruleSet?.riskAreas.find(({ areaCode, name }) => areaCode === code && name !== undefined)?.name
  return name === undefined ? areaNames(code) : { ...name }
}
