import { describe, expect, it } from 'vitest'
import { allFiles, isTest, readText } from '../architecture/source-tree.ts'

/**
 * Files on the way of a request that touch the database outside an area, and why they must. Everything else goes
 * through `inArea`, where row-level security stands behind the checks.
 */
const outsideAreas: Readonly<Record<string, string>> = {
  'apps/server/src/use-cases/access/session-cache.ts': 'finds out who asks, and with that the area',
  'apps/server/src/use-cases/access/sign-in.ts': 'finds out who asks, and with that the area',
  'apps/server/src/use-cases/sync/push-commands.ts':
    'the phone of the session is known by its session; then narrowed',
  'apps/server/src/use-cases/screening/screening-recorder.ts':
    'makes partitions; rows are written in the area',
  'apps/server/src/endpoints/health/read.ts': 'asks whether the database answers, and for no row',
}

const onTheWay = allFiles.filter(
  (path) => /^apps\/server\/src\/(use-cases|endpoints)\//.test(path) && path.endsWith('.ts') && !isTest(path),
)

const touchesOutside = (path: string): boolean => /\bdb\.(query|pool|writers)\b/.test(readText(path))

describe('what a request reads and writes', () => {
  it('goes through inArea, but for what is listed here with its reason (tests/access/request-path.test.ts)', () => {
    const found = onTheWay.filter(touchesOutside)
    expect(found.filter((path) => outsideAreas[path] === undefined)).toEqual([])
  })

  it('is listed here only where it still goes another way', () => {
    const kept = Object.keys(outsideAreas).filter((path) => onTheWay.includes(path) && touchesOutside(path))
    expect(kept).toEqual(Object.keys(outsideAreas))
  })

  it('names no area by set_config, which any query could call', () => {
    const calls = allFiles.filter(
      (path) =>
        /^(apps|packages)\/.*\.(ts|sql)$/.test(path) &&
        !isTest(path) &&
        !path.endsWith('area-wall/raise.ts') &&
        /\bset_config\s*\(/.test(readText(path)),
    )
    expect(calls).toEqual([])
  })
})
