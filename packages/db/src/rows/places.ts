/** What a city consists of. */
export type PlacesTables = {
  jurisdictions: JurisdictionRow
  posts: PostRow
  crews: CrewRow
  grid_cells: GridCellRow
  installation: InstallationRow
}

type JurisdictionRow = {
  code: number
  parent_code: number | null
  name_zh: string
  name_en: string
  time_zone: string
}

type PostRow = {
  id: number
  jurisdiction: number
  type: string
  name_zh: string
  name_en: string
  longitude: number
  latitude: number
  lanes: number
  illustrative: boolean
}

type CrewRow = {
  id: number
  post_id: number
  name_zh: string
  name_en: string
  officers: number
  illustrative: boolean
}

type GridCellRow = {
  id: number
  jurisdiction: number
  name_zh: string
  name_en: string
  households: number
  illustrative: boolean
  longitude: number | null
  latitude: number | null
}

type InstallationRow = { only_row: boolean; city_code: number; demo: boolean }
