import type { Crew, GridCell } from '@guankou/contract/places/endpoints.ts'
import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { Role } from '@guankou/contract/roles.ts'

/** A city as reference data: what the server loads before the first screening. */
export type City = {
  /** Division code of the city itself; its districts are further jurisdictions. */
  readonly code: number
  readonly name: Bilingual
  readonly jurisdictions: readonly Jurisdiction[]
  readonly posts: readonly Post[]
  readonly crews: readonly Crew[]
  readonly gridCells: readonly GridCell[]
}

/** Somebody who can sign in to the demo city. Nobody real: names are numbers, and no password is given here. */
export type DemoAccount = {
  readonly login: string
  readonly name: Bilingual
  readonly role: Role
  /** District or city the account may see and act in. */
  readonly areaCode: number
  /** Crew on whose shifts the person serves, or null for those who serve at no post. */
  readonly crewId: number | null
}
