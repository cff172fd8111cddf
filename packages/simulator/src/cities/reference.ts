import type { Response } from '@guankou/contract/responses/response.ts'
import type { Reference } from '@guankou/domain/screening/decide.ts'
import { findOrigin } from '@guankou/geodata/divisions/origins.ts'
import type { City } from '#src/cities/city.ts'

/** What a decision looks up, filled from a city and its responses, without a database or a phone's pack. */
export const referenceOf = (
  city: Pick<City, 'jurisdictions' | 'posts'>,
  responses: readonly Response[],
): Reference => {
  const jurisdictions = new Map(city.jurisdictions.map((one) => [one.code, one]))
  const posts = new Map(city.posts.map((one) => [one.id, one]))
  const byId = new Map(responses.map((one) => [one.id, one]))
  return {
    jurisdiction: (code) => jurisdictions.get(code),
    post: (id) => posts.get(id),
    response: (id) => byId.get(id),
    isKnownOrigin: (code) => findOrigin(code) !== undefined,
  }
}
