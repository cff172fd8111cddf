import { platePrefixes } from '#src/plates/plate-prefixes.ts'

/**
 * Where a vehicle is registered. It says nothing about where the vehicle or the people in it have been: a plate may
 * prompt a question and never decides anything.
 */
export interface PlateRegion {
  readonly provinceCode: number
  /** Prefecture, municipality or directly run county; null when the letter does not settle it. */
  readonly prefectureCode: number | null
  /** For a cross-border plate (粤Z…港, 粤Z…澳): 810000 Hong Kong or 820000 Macao; otherwise null. */
  readonly crossBorderRegionCode: number | null
}

interface ProvincePlates {
  readonly provinceCode: number
  readonly isMunicipality: boolean
  readonly prefectures: ReadonlyMap<string, number>
}

const provinces: ReadonlyMap<string, ProvincePlates> = new Map(
  platePrefixes.map(([character, provinceCode, letters]) => {
    const entries = letters.split(' ').filter((entry) => entry !== '')
    const prefectures = new Map(entries.map((entry) => [entry.charAt(0), Number(entry.slice(1))]))
    return [character, { provinceCode, isMunicipality: letters === '', prefectures }]
  }),
)

const crossBorderRegions: ReadonlyMap<string, number> = new Map([
  ['港', 810000],
  ['澳', 820000],
])

/** The 31 province characters a mainland plate may begin with. */
export function plateProvinceCharacters(): readonly string[] {
  return [...provinces.keys()]
}

/**
 * The region of registration of a mainland civil plate, or of its beginning while it is being typed ('粤C' is enough).
 * Spaces, dots and hyphens are ignored, letters may be small.
 *
 * @returns undefined for anything that does not begin with a province character and a letter, or is longer than eight
 * characters: military, embassy and foreign plates
 */
export function plateRegion(plate: string): PlateRegion | undefined {
  const characters = [...plate.replace(/[\s·•.-]/gu, '').toUpperCase()]
  const [character = '', letter = ''] = characters
  const province = provinces.get(character)
  if (province === undefined || !/^[A-Z]$/.test(letter) || characters.length > 8) return undefined
  const { provinceCode, isMunicipality, prefectures } = province
  const isCrossBorder = character === '粤' && letter === 'Z'
  return {
    provinceCode,
    prefectureCode: isMunicipality ? provinceCode : (prefectures.get(letter) ?? null),
    crossBorderRegionCode: isCrossBorder ? (crossBorderRegions.get(characters.at(-1) ?? '') ?? null) : null,
  }
}
