import type { Implemented } from '#src/endpoint.ts'
import { accessDevices } from '#src/endpoints/access/devices.ts'
import { accessSession } from '#src/endpoints/access/session.ts'
import { accessSignIn } from '#src/endpoints/access/sign-in.ts'
import { accessSignOut } from '#src/endpoints/access/sign-out.ts'
import { changesFeed } from '#src/endpoints/changes/feed.ts'
import { healthRead } from '#src/endpoints/health/read.ts'
import { placesList } from '#src/endpoints/places/list.ts'
import { responsesPublicNotice } from '#src/endpoints/responses/public-notice.ts'
import { screeningRecord } from '#src/endpoints/screening/record.ts'
import { situationCurve } from '#src/endpoints/situation/curve.ts'
import { situationEvents } from '#src/endpoints/situation/events.ts'
import { situationOrigins } from '#src/endpoints/situation/origins.ts'
import { situationPosts } from '#src/endpoints/situation/posts.ts'
import { situationSummary } from '#src/endpoints/situation/summary.ts'
import { syncPack } from '#src/endpoints/sync/pack.ts'
import { syncPush } from '#src/endpoints/sync/push.ts'

/** What the server answers: one implementation for each endpoint of the contract. */
export const implemented: readonly Implemented[] = [
  screeningRecord,
  syncPush,
  syncPack,
  accessSignIn,
  accessSession,
  accessSignOut,
  accessDevices,
  placesList,
  responsesPublicNotice,
  situationSummary,
  situationPosts,
  situationOrigins,
  situationCurve,
  situationEvents,
  changesFeed,
  healthRead,
]
