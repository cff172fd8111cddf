import { readMap } from './echarts-maps.ts'
import { intersect, mergeShapes, type Polygon, roundShape, type Shape, simplifyShapes } from './topology.ts'

/** Outlines of the 34 provinces for a map of the country; two decimals are about one kilometre. */
export function chinaOutlines(): Shape[] {
  return simplifyShapes(readMap('china'), 0.55, 1e-4).map((shape) => roundShape(shape, 2, 2e-4))
}

const deltaCodes = new Set([440100, 440300, 440600, 440700, 441300, 441900, 442000])
/** Islands smaller than this many square degrees (about 1 km²) are left out. */
const smallestIsland = 1e-4

const guangdong = () => readMap('province/guangdong')

/** The neighbours of Zhuhai as faint context of a city map; three decimals are about a hundred metres. */
export function pearlDeltaOutlines(): Shape[] {
  const neighbours = guangdong().filter(({ code }) => deltaCodes.has(code))
  const regions = [
    mergeShapes(810000, readMap('province/xianggang')),
    mergeShapes(820000, readMap('province/aomen')),
  ]
  return simplifyShapes([...neighbours, ...regions], 0.25, 0).map((shape) =>
    roundShape(shape, 3, smallestIsland),
  )
}

/**
 * Which part of Zhuhai is which district, drawn by hand from general knowledge: Modaomen parts Xiangzhou (with Hengqin and
 * the eastern islands) from the west; Doumen lies inland, Jinwan by the sea.
 */
const westOfModaomen: Polygon[number] = [
  [113.418, 22.206],
  [113.424, 22.152],
  [113.446, 22.102],
  [113.462, 22.04],
  [113.5, 21.6],
]
const doumenSouth: Polygon[number] = [
  [112.9, 22.118],
  [113.09, 22.118],
  [113.15, 22.112],
  [113.196, 22.136],
  [113.258, 22.142],
  [113.292, 22.16],
  [113.334, 22.148],
  [113.372, 22.162],
  [113.424, 22.152],
]

const districtRegions: readonly (readonly [number, Polygon])[] = [
  [440402, [[...westOfModaomen, [114.6, 21.6], [114.6, 22.8], [113.418, 22.8], [113.418, 22.206]]]],
  [440403, [[...doumenSouth, [113.418, 22.206], [113.418, 22.8], [112.9, 22.8], [112.9, 22.118]]]],
  [
    440404,
    [[...doumenSouth, [113.446, 22.102], [113.462, 22.04], [113.5, 21.6], [112.9, 21.6], [112.9, 22.118]]],
  ],
]

/** The three districts of Zhuhai: the outline of the city cut along the hand-drawn lines. */
export function zhuhaiDistrictOutlines(): Shape[] {
  const city = guangdong().filter(({ code }) => code === 440400)
  const [outline] = simplifyShapes(city, 0.6, 0)
  return districtRegions.map(([code, region]) =>
    roundShape(intersect(code, outline?.polygons ?? [], region), 3, smallestIsland),
  )
}
