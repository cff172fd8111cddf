import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import type { Response } from '@guankou/contract/responses/response.ts'
import type { Database } from '@guankou/db/database.ts'
import {
  type Installation,
  readInstallation,
  readJurisdictions,
  readPosts,
} from '@guankou/db/queries/places/places.ts'
import { readResponses } from '@guankou/db/queries/responses/responses.ts'
import { type CollectionRenewal, readCollectionRenewals } from '@guankou/db/queries/retention/renewals.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import type { Reference } from '@guankou/domain/screening/decide.ts'
import { findOrigin } from '@guankou/geodata/divisions/origins.ts'

/** Everything slow to change, in memory. */
export type ReferenceData = Reference & {
  readonly installation: Installation | undefined
  readonly jurisdictions: readonly Jurisdiction[]
  readonly posts: readonly Post[]
  readonly responses: readonly Response[]
  /** The newest renewal of a response, where its collection was renewed. */
  readonly renewalOf: (responseId: string) => CollectionRenewal | undefined
  /** Codes of the jurisdictions in an area, or `undefined` where the area is not known. */
  readonly jurisdictionsIn: (area: number) => readonly number[] | undefined
}

export type ReferenceCache = {
  readonly current: () => ReferenceData
  readonly refresh: () => Promise<ReferenceData>
}

const load = async (db: Database): Promise<ReferenceData> => {
  const [installation, jurisdictions, posts, responses, renewals] = await Promise.all([
    readInstallation(db.query),
    readJurisdictions(db.query),
    readPosts(db.query),
    readResponses(db.query),
    readCollectionRenewals(db.query),
  ])
  const jurisdictionByCode = new Map(jurisdictions.map((each) => [each.code, each]))
  const postById = new Map(posts.map((each) => [each.id, each]))
  const responseById = new Map(responses.map((each) => [each.id, each]))
  const newestRenewal = new Map(renewals.map((each) => [each.responseId, each]))
  return {
    installation,
    jurisdictions,
    posts,
    responses,
    renewalOf: (responseId) => newestRenewal.get(responseId),
    jurisdiction: (code) => jurisdictionByCode.get(code),
    post: (id) => postById.get(id),
    response: (id) => responseById.get(id),
    isKnownOrigin: (code) => findOrigin(code) !== undefined,
    jurisdictionsIn: (area) =>
      jurisdictionByCode.has(area)
        ? jurisdictions.map((each) => each.code).filter((code) => liesIn(code, area))
        : undefined,
  }
}

/** Reads the reference tables and keeps them until `refresh`. */
export const createReferenceCache = async (db: Database): Promise<ReferenceCache> => {
  let data = await load(db)
  return {
    current: () => data,
    refresh: async () => {
      data = await load(db)
      return data
    },
  }
}
