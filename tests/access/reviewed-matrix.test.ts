import { classified } from '@guankou/contract/data-classes.ts'
import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import { endpoints } from '@guankou/contract/endpoints.ts'
import { roles } from '@guankou/contract/roles.ts'
import Type from 'typebox'
import { describe, expect, it } from 'vitest'
import { reviewedMatrix } from './reviewed-matrix.ts'
import { accessRules } from './rules.ts'

const all: readonly EndpointDeclaration[] = Object.values(endpoints)
const file = 'tests/access/reviewed-matrix.ts'

const sorted = (asked: EndpointDeclaration['access']['roles']) =>
  asked === 'anyone' ? asked : roles.filter((role) => asked.includes(role))

describe.each(all.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (id, { access }) => {
  it(`is as reviewed: a new or changed declaration needs its row in ${file}, with the reason`, () => {
    const row = reviewedMatrix[id]
    expect(row, `${id} is not reviewed; add it to ${file}`).toBeDefined()
    if (row === undefined) return
    expect({ area: access.area, roles: sorted(access.roles) }).toEqual({
      area: row.area,
      roles: sorted(row.roles),
    })
    expect(row.because).toMatch(/^\p{Lu}.{15,}\.$/u)
  })

  it.each(accessRules)('keeps to it that $says', ({ isBroken }) => {
    const endpoint = all.find((one) => one.id === id)
    expect(endpoint !== undefined && isBroken(endpoint)).toBe(false)
  })
})

describe('the reviewed matrix', () => {
  it('has no row of an endpoint that is gone', () => {
    const ids = new Set(all.map(({ id }) => id))
    expect(Object.keys(reviewedMatrix).filter((id) => !ids.has(id))).toEqual([])
  })
})

describe('the rules', () => {
  const made = (change: Partial<EndpointDeclaration['access']>, more: Partial<EndpointDeclaration> = {}) =>
    ({
      ...endpoints.listPlaces,
      ...more,
      access: { ...endpoints.listPlaces.access, ...change },
    }) as EndpointDeclaration
  const name = classified('identity', Type.String())
  const deep = Type.Object({ people: Type.Array(Type.Union([Type.Object({ name }), Type.Null()])) })
  const broken = (endpoint: EndpointDeclaration) =>
    accessRules.filter(({ isBroken }) => isBroken(endpoint)).map(({ says }) => says.slice(0, 28))

  it.each([
    ['an administrator who reads names', made({ roles: ['administrator'] }, { output: deep }), 2],
    ['a list of names for monitoring', made({ roles: ['commander'] }, { output: deep }), 1],
    [
      'a data-protection officer who records',
      made({ roles: ['data-protection-officer'], purpose: 'screening' }, { method: 'POST' }),
      1,
    ],
    [
      'an auditor who administers',
      made({ roles: ['auditor'], purpose: 'administration' }, { method: 'POST' }),
      1,
    ],
    [
      'symptoms for anyone',
      made({ roles: 'anyone' }, { output: Type.Object({ fever: classified('health', Type.Boolean()) }) }),
      1,
    ],
    ['a phone that acts by itself', made({ roles: ['device'] }), 1],
    [
      'a service account that administers',
      made({ roles: ['service-account'], purpose: 'administration' }),
      1,
    ],
  ])('find %s', (_, endpoint, times) => {
    expect(broken(endpoint)).toHaveLength(times)
  })
})
