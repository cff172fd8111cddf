import { listPlaces } from '@guankou/contract/places/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { readPlaces } from '#src/use-cases/places/read-places.ts'

export const placesList = implement(listPlaces, async ({ context, actor }) =>
  done(await readPlaces(context, actor)),
)
