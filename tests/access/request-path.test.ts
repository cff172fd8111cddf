import { describe, expect, it } from 'vitest'
import { allFiles, isTest, readText } from '../architecture/source-tree.ts'

/**
 * Files on the way of a request that touch the database outside an area, and why they must. Everything else goes
 * through `inArea`, where row-level security stands behind the checks.
 */
const proof = 'what proves who somebody is lies out of reach of any request; only the own account is touched'
const whoAsks = 'finds out who asks, and with that the area'
const job = 'a job of the server, over all areas'

const access = 'apps/server/src/use-cases/access'
const outsideAreas: Readonly<Record<string, string>> = {
  [`${access}/session-cache.ts`]: whoAsks,
  [`${access}/sign-in.ts`]: whoAsks,
  [`${access}/sign-in-at-provider.ts`]: whoAsks,
  [`${access}/sign-in-with-passkey.ts`]: whoAsks,
  [`${access}/sign-in-with-password.ts`]: whoAsks,
  [`${access}/own-account.ts`]: proof,
  [`${access}/passkeys.ts`]: proof,
  [`${access}/prove-factor.ts`]: proof,
  [`${access}/set-password.ts`]: proof,
  [`${access}/totp.ts`]: proof,
  [`${access}/list-accounts.ts`]: 'which proofs there are, of accounts that were read in the area',
  [`${access}/manage-account.ts`]: 'takes the proofs of an account that was found in the area',
  'apps/server/src/use-cases/devices/device-cache.ts': whoAsks,
  'apps/server/src/use-cases/devices/enrol-device.ts':
    'a code says of which area a phone becomes; nobody is signed in',
  'apps/server/src/use-cases/devices/bind-device.ts': 'the phone of the session, wherever it was enrolled',
  'apps/server/src/use-cases/sync/open-parcel.ts': 'finds out who made what a phone carries',
  'apps/server/src/use-cases/sync/push-log.ts':
    'the phone of the session, wherever it was enrolled; then narrowed',
  'apps/server/src/use-cases/screening/screening-recorder.ts':
    'makes partitions; rows are written in the area',
  'apps/server/src/use-cases/situation/read-situation.ts':
    'what is withheld is chosen over the whole city; what is told is read in the area',
  'apps/server/src/use-cases/posts/acting-at-post.ts':
    'where an officer was sent is told by facts of other areas; what is done there goes through the area of that post',
  'apps/server/src/use-cases/origin/origin-scope.ts':
    'what is withheld is chosen over the whole city; what is told is read in the area',
  'apps/server/src/use-cases/origin/read-counts.ts':
    'what is withheld is chosen over the whole city; what is told is read in the area',
  'apps/server/src/use-cases/origin/read-risk.ts':
    'reported cases are published figures, held once for the city',
  'apps/server/src/use-cases/origin/read-trend.ts':
    'reported cases are published figures, held once for the city',
  'apps/server/src/use-cases/audit/read-heads.ts': 'heads are made to be published',
  'apps/server/src/use-cases/audit/close-days.ts': job,
  'apps/server/src/use-cases/audit/verification-process.ts': job,
  'apps/server/src/use-cases/exports/expire-exports.ts': job,
  'apps/server/src/use-cases/exports/export-runner.ts': job,
  'apps/server/src/use-cases/exports/make-export.ts':
    'finds the approved list; its rows are read in the area',
  'apps/server/src/use-cases/subject-access/match-slip.ts':
    'finds out whose a slip code is, and with that the area; records are read in it',
  'apps/server/src/use-cases/subject-access/slip-guard.ts':
    'counts tries before it is known whose page it is',
  'apps/server/src/use-cases/subject-access/subject-session.ts':
    'what opens a page lies out of reach of any request; only the own one is touched',
  'apps/server/src/use-cases/retention/plan-retention.ts': job,
  'apps/server/src/use-cases/retention/run-retention.ts': job,
  'apps/server/src/use-cases/retention/read-retention.ts':
    'policies and end dates, which are the same everywhere',
  'apps/server/src/use-cases/monitoring/escalate-alarms.ts': 'a job: the clock asks, and nobody',
  'apps/server/src/use-cases/monitoring/read-posts.ts':
    'also reads the stamp of the latest run of the city, which names nobody',
  'apps/server/src/use-cases/quarantine/follow-the-clock.ts': 'a job: the clock asks, and nobody',
  'apps/server/src/use-cases/quarantine/carry-across.ts':
    'a job: carries from one district to another what each has decided',
  'apps/server/src/use-cases/quarantine/take-back.ts':
    'a job: ends between two districts a hand-over that one of them took back',
  'apps/server/src/use-cases/matching/keep-order-list.ts': job,
  'apps/server/src/use-cases/quarantine/order-digests.ts': job,
  'apps/server/src/use-cases/quarantine/keep-door.ts': job,
  'apps/server/src/use-cases/quarantine/door-digests.ts': job,
  'apps/server/src/use-cases/handovers/escalate-handovers.ts': 'a job: the clock asks, and nobody',
  'apps/server/src/use-cases/matching/pack-lists.ts':
    'a district carries the lists of its city; what stands in them names nobody',
  'apps/server/src/use-cases/screening/override-subject.ts':
    'finds out whose a slip code is; the traveller is then read in the area',
  'apps/server/src/use-cases/worklists/import-runner.ts': job,
  'apps/server/src/use-cases/pairing/open-pairing.ts':
    'a desk of the city serves its districts: partners are found above the area of whoever asks, by name alone',
  'apps/server/src/use-cases/pairing/pairing-scope.ts':
    'the name of a partner who belongs to the city above; the pairing itself is read in the area',
  'apps/server/src/use-cases/rescreen/select-run.ts': job,
  'apps/server/src/use-cases/rescreen/list-people.ts': job,
  'apps/server/src/use-cases/rescreen/find-homes.ts': job,
  'apps/server/src/use-cases/rescreen/rescreen-runner.ts': job,
  'apps/server/src/use-cases/rescreen/rescreen-process.ts': job,
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
