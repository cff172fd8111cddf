import type { Traveller } from '@guankou/contract/screening/record-screening.ts'
import { decideTraveller } from '@guankou/domain/screening/disposition.ts'
import { expect, it } from 'vitest'
import { contentAt } from '#journey/demo-pack.ts'
import { groundsOf } from './grounds.ts'
import { offeredOrigins, rememberOrigin } from './recent-origins.ts'
import { homeOrigin, rulesInForce } from './reference.ts'

const nowMs = Date.parse('2020-02-01T17:00:00.000Z')
const content = contentAt(nowMs)
const [post] = content.posts
if (post === undefined) throw new Error('the demo pack has no post')

const traveller: Traveller = {
  seat: 2,
  document: { kind: 'none' },
  origin: { code: 440400, evidence: 'declared' },
  exposures: [{ areaCode: 420100, leftOn: '2020-01-31', evidence: 'declared' }],
  contactWithCase: true,
  readings: [
    { at: '2020-02-01T16:00:00.000Z', method: 'forehead', temperatureCelsius: 37.8 },
    { at: '2020-02-01T16:08:00.000Z', method: 'axillary', temperatureCelsius: 37.2 },
  ],
  symptoms: ['cough'],
}

it('reads the grounds of an outcome out in order', () => {
  const rules = rulesInForce(content, post, nowMs)
  if (rules === undefined) throw new Error('no rules in force')
  const decision = decideTraveller(traveller, rules.ruleSet, rules.day)
  expect(groundsOf({ entered: traveller, decision }, rules.ruleSet, rules.day)).toEqual([
    { is: 'temperature', celsius: 37.8, method: 'forehead', hot: true },
    { is: 'temperature', celsius: 37.2, method: 'axillary', hot: false },
    { is: 'reading-gap', minutes: 8 },
    { is: 'contact' },
    { is: 'stay', areaCode: 420100, daysAgo: 2 },
    { is: 'symptoms', codes: ['cough'] },
  ])
})

it('counts days where the post is, not in Greenwich', () => {
  expect(rulesInForce(content, post, nowMs)?.day).toBe('2020-02-02')
})

it('has no rules outside the collection period', () => {
  expect(rulesInForce(content, post, nowMs + 90 * 86_400_000)).toBeUndefined()
})

it('takes the newest rule set in effect', () => {
  const [response] = content.responses
  const [ruleSet] = response?.ruleSets ?? []
  if (response === undefined || ruleSet === undefined) throw new Error('no rule set')
  const coming = { ...ruleSet, version: 15, effectiveFrom: '2020-02-10' }
  const withComing = { ...content, responses: [{ ...response, ruleSets: [coming, ruleSet] }] }
  expect(rulesInForce(withComing, post, nowMs)?.ruleSet.version).toBe(14)
  expect(rulesInForce(withComing, post, nowMs + 12 * 86_400_000)?.ruleSet.version).toBe(15)
})

it('offers the home of the post first and the recent origins after it', () => {
  expect(homeOrigin(post)).toBe(440400)
  const recent = [440400, 430100, 420100].reduce(rememberOrigin, [] as readonly number[])
  expect(offeredOrigins(recent, 440400)).toEqual([440400, 420100, 430100])
  expect(Array.from({ length: 20 }, (_, n) => n).reduce(rememberOrigin, recent)).toHaveLength(6)
})
