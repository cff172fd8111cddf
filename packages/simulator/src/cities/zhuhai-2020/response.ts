import type { Response, RuleSet } from '@guankou/contract/responses/response.ts'
import { homeAndCentral } from '#src/cities/zhuhai-2020/follow-up.ts'
import {
  firstRules,
  listedRules,
  lossOfSmell,
  nearRules,
  overridePolicy,
  respiratorySymptoms,
  stricterRules,
} from '#src/cities/zhuhai-2020/rules.ts'

const hubei = 420000
const wuhan = 420100
const wenzhou = 330300

const measures = { feverThresholdCelsius: 37.3, secondReadingWaitMinutes: 10, exposureWindowDays: 14 }

/** Version 4, which every later one begins from. */
const forDrills: RuleSet = {
  version: 4,
  effectiveFrom: '2020-04-22',
  ...measures,
  symptoms: [...respiratorySymptoms, lossOfSmell],
  riskAreas: [
    { areaCode: hubei, level: 'high', from: '2020-01-18' },
    { areaCode: wenzhou, level: 'medium', from: '2020-02-02' },
  ],
  rules: [...firstRules, ...stricterRules],
  overrides: overridePolicy,
  near: nearRules,
  followUp: homeAndCentral,
}

/**
 * The versions of the rules.
 *
 * Dated facts: screening for Hubei from 18 January 2020 (this city); Wenzhou closed most of its expressway entrances from
 * 2 February 2020; travel out of Hubei except Wuhan was free again from 25 March and out of Wuhan from 8 April 2020 (notice of
 * the Hubei headquarters, 24 March). Made up, though plausible: which level an area had here and until when, on
 * which day a version took effect, every disposition, and what a lead may put in the place of one.
 *
 * Versions 4 and 5 are for drills on any later day: they keep the two areas of the first weeks open without an end, so that a
 * demo run today still finds something, and version 5 also looks at match lists. They say nothing about any place today.
 */
const ruleSets: readonly RuleSet[] = [
  {
    version: 1,
    effectiveFrom: '2020-01-18',
    ...measures,
    symptoms: [...respiratorySymptoms],
    riskAreas: [{ areaCode: hubei, level: 'high', from: '2020-01-18' }],
    rules: [...firstRules],
    overrides: overridePolicy,
    near: nearRules,
    followUp: homeAndCentral,
  },
  {
    version: 2,
    effectiveFrom: '2020-02-02',
    ...measures,
    symptoms: [...respiratorySymptoms],
    riskAreas: [
      { areaCode: hubei, level: 'high', from: '2020-01-18' },
      { areaCode: wenzhou, level: 'medium', from: '2020-02-02' },
    ],
    rules: [...firstRules, ...stricterRules],
    overrides: overridePolicy,
    near: nearRules,
    followUp: homeAndCentral,
  },
  {
    version: 3,
    effectiveFrom: '2020-03-25',
    ...measures,
    symptoms: [...respiratorySymptoms, lossOfSmell],
    riskAreas: [
      { areaCode: hubei, level: 'high', from: '2020-01-18', until: '2020-03-24' },
      { areaCode: wuhan, level: 'high', from: '2020-01-18', until: '2020-04-07' },
      { areaCode: wenzhou, level: 'medium', from: '2020-02-02', until: '2020-02-20' },
    ],
    rules: [...firstRules, ...stricterRules],
    overrides: overridePolicy,
    near: nearRules,
    followUp: homeAndCentral,
  },
  forDrills,
  { ...forDrills, version: 5, effectiveFrom: '2020-05-06', rules: [...forDrills.rules, ...listedRules] },
]

/**
 * The response of the demo city, as the contract holds responses.
 * @param collectionUntil  last civil day on which data may be collected, `YYYY-MM-DD`
 */
export const covidLikeResponse = (collectionUntil: string): Response => ({
  id: 'covid-19-like',
  name: { zh: '新冠样呼吸道传染病（演示）', en: 'COVID-19-like respiratory disease (demo)' },
  collectionFrom: '2020-01-01',
  collectionUntil,
  ruleSets: [...ruleSets],
})

/**
 * The version of the rules in force on a civil day: the latest that has taken effect, or the first before any has.
 * @throws RangeError where the response has no rules at all
 */
export const rulesVersionOn = (response: Response, day: string): number => {
  const inForce =
    response.ruleSets.findLast((ruleSet) => ruleSet.effectiveFrom <= day) ?? response.ruleSets[0]
  if (inForce === undefined) throw new RangeError(`response ${response.id} has no rules`)
  return inForce.version
}
