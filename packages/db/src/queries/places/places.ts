import type { Crew, GridCell } from '@guankou/contract/places/endpoints.ts'
import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export const readJurisdictions = async (query: Query): Promise<Jurisdiction[]> => {
  const rows = await query.selectFrom('jurisdictions').selectAll().orderBy('code').execute()
  return rows.map((row) => ({
    code: row.code,
    parentCode: row.parent_code,
    name: { zh: row.name_zh, en: row.name_en },
    timeZone: row.time_zone,
  }))
}

export const readPosts = async (query: Query): Promise<Post[]> => {
  const rows = await query.selectFrom('posts').selectAll().orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    jurisdiction: row.jurisdiction,
    type: row.type as Post['type'],
    name: { zh: row.name_zh, en: row.name_en },
    longitude: row.longitude,
    latitude: row.latitude,
    lanes: row.lanes,
    illustrative: row.illustrative,
  }))
}

export const readCrews = async (query: Query): Promise<Crew[]> => {
  const rows = await query.selectFrom('crews').selectAll().orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    postId: row.post_id,
    name: { zh: row.name_zh, en: row.name_en },
    officers: row.officers,
    illustrative: row.illustrative,
  }))
}

export const readGridCells = async (query: Query): Promise<GridCell[]> => {
  const rows = await query.selectFrom('grid_cells').selectAll().orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    jurisdiction: row.jurisdiction,
    name: { zh: row.name_zh, en: row.name_en },
    households: row.households,
    illustrative: row.illustrative,
    longitude: row.longitude,
    latitude: row.latitude,
  }))
}

export type Installation = { readonly cityCode: number; readonly demo: boolean }

/** What this installation is, or nothing where no city has been loaded. */
export const readInstallation = async (query: Query): Promise<Installation | undefined> => {
  const row = await query.selectFrom('installation').selectAll().executeTakeFirst()
  return row === undefined ? undefined : { cityCode: row.city_code, demo: row.demo }
}

/** A city as it is loaded: its places, and whether it is the demo city. */
export type City = {
  readonly cityCode: number
  readonly demo: boolean
  readonly jurisdictions: readonly Jurisdiction[]
  readonly posts: readonly Post[]
  readonly crews: readonly Crew[]
  readonly gridCells: readonly GridCell[]
}

const named = (name: { readonly zh: string; readonly en: string }) => ({ name_zh: name.zh, name_en: name.en })

/**
 * Loads a city into an empty installation.
 * @param tx  a transaction, so that it is all or nothing   @throws the database's error where rows exist already
 */
export const insertCity = async (tx: Query, city: City): Promise<void> => {
  await tx
    .insertInto('jurisdictions')
    .values(
      city.jurisdictions.map((j) => ({
        code: j.code,
        parent_code: j.parentCode,
        ...named(j.name),
        time_zone: j.timeZone,
      })),
    )
    .execute()
  await tx
    .insertInto('posts')
    .values(city.posts.map(({ name, ...post }) => ({ ...post, ...named(name) })))
    .execute()
  if (city.crews.length > 0)
    await tx
      .insertInto('crews')
      .values(city.crews.map(({ name, postId, ...crew }) => ({ ...crew, post_id: postId, ...named(name) })))
      .execute()
  if (city.gridCells.length > 0)
    await tx
      .insertInto('grid_cells')
      .values(city.gridCells.map(({ name, ...cell }) => ({ ...cell, ...named(name) })))
      .execute()
  await tx
    .insertInto('installation')
    .values({ only_row: true, city_code: city.cityCode, demo: city.demo })
    .execute()
}
