import { describe, expect, it } from 'vitest'
import {
  consoleBase,
  paths,
  readPostsView,
  readSituationView,
  tokenInFragment,
  tokenInText,
} from '#src/path-builder.ts'

describe('addresses of the console', () => {
  it('are these', () => {
    expect(Object.values(paths).map((path) => consoleBase + path)).toEqual([
      '/console/',
      '/console/sign-in',
      '/console/situation',
      '/console/posts',
      '/console/post',
      '/console/origins',
      '/console/monitoring',
      '/console/hand-overs',
      '/console/testing',
      '/console/test-results',
      '/console/worklists',
      '/console/calls',
      '/console/pairing',
      '/console/paper',
      '/console/follow-up',
      '/console/quarantine',
      '/console/episode',
      '/console/rounds',
      '/console/household',
      '/console/match-lists',
      '/console/devices',
      '/console/retention',
      '/console/look-up',
      '/console/exports',
      '/console/decisions',
      '/console/accesses',
      '/console/requests',
      '/console/audit',
      '/console/accounts',
      '/console/account',
      '/console/finish-sign-in',
    ])
  })

  it('carry the whole state of the Situation page', () => {
    const search = {
      area: 440400,
      day: '2020-01-18',
      post: 12,
      compare: false,
      origins: 'map',
      sort: '-share',
      city: 'table',
      curve: 'table',
      wall: true,
      keys: true,
    }
    expect(readSituationView(search)).toEqual(search)
  })

  it('count what is malformed as left out', () => {
    const bad = {
      area: 'zhuhai',
      day: '2020-02-31',
      post: -1,
      compare: 'no',
      origins: 'globe',
      wall: 1,
      x: 2,
    }
    expect(readSituationView(bad)).toEqual({})
    expect(readSituationView({ area: '440400', day: 20200118 })).toEqual({ area: 440400 })
    expect(readPostsView({ sort: '-vehicles' })).toEqual({ sort: '-vehicles' })
    expect(readPostsView({ sort: 'a;b' })).toEqual({})
  })
})

describe('sign-in links', () => {
  const token = 'AbC_def-0123456789'
  it('are read from the address, a pasted link or a pasted token', () => {
    expect(tokenInFragment(`#token=${token}`)).toBe(token)
    expect(tokenInFragment('')).toBeUndefined()
    expect(tokenInText(`  http://localhost:8080/console/sign-in#token=${token}\n`)).toBe(token)
    expect(tokenInText(token)).toBe(token)
    expect(tokenInText('too short')).toBeUndefined()
  })
})
