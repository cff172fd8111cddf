import type { Post, PostType } from '@guankou/contract/places/place.ts'

const xiangzhou = 440402
const doumen = 440403
const jinwan = 440404

type Row = readonly [
  jurisdiction: number,
  zh: string,
  en: string,
  longitude: number,
  latitude: number,
  lanes: number,
]

/** On the approach roads from Zhongshan (north) and Jiangmen (west). */
const mainRoads: readonly Row[] = [
  [xiangzhou, '下栅卡口', 'Xiazha', 113.57, 22.395, 8],
  [xiangzhou, '金凤卡口', 'Jinfeng', 113.505, 22.35, 6],
  [xiangzhou, '前山卡口', 'Qianshan', 113.496, 22.238, 8],
  [xiangzhou, '南屏卡口', 'Nanping', 113.47, 22.212, 6],
  [doumen, '莲洲卡口', 'Lianzhou', 113.24, 22.385, 4],
  [doumen, '白蕉卡口', 'Baijiao', 113.3, 22.305, 6],
  [doumen, '虎跳门卡口', 'Hutiaomen', 113.12, 22.2, 4],
  [jinwan, '平沙卡口', 'Pingsha', 113.11, 22.09, 4],
  [jinwan, '红旗卡口', 'Hongqi', 113.31, 22.135, 6],
]

const minorRoads: readonly Row[] = [
  [xiangzhou, '淇澳桥头卡口', 'Qi’ao Bridge', 113.635, 22.41, 2],
  [xiangzhou, '官塘卡口', 'Guantang', 113.53, 22.4, 2],
  [xiangzhou, '会同卡口', 'Huitong', 113.515, 22.385, 1],
  [xiangzhou, '那洲卡口', 'Nazhou', 113.51, 22.37, 1],
  [xiangzhou, '永丰卡口', 'Yongfeng', 113.508, 22.335, 1],
  [xiangzhou, '东岸卡口', 'Dong’an', 113.56, 22.36, 2],
  [xiangzhou, '梅溪卡口', 'Meixi', 113.51, 22.305, 2],
  [xiangzhou, '界涌卡口', 'Jieyong', 113.495, 22.3, 1],
  [xiangzhou, '翠微卡口', 'Cuiwei', 113.52, 22.25, 2],
  [xiangzhou, '广生卡口', 'Guangsheng', 113.485, 22.205, 1],
  [xiangzhou, '洪湾卡口', 'Hongwan', 113.47, 22.17, 2],
  [xiangzhou, '横琴桥头卡口', 'Hengqin Bridge', 113.51, 22.14, 2],
  [doumen, '大沙卡口', 'Dasha', 113.225, 22.365, 1],
  [doumen, '粉洲卡口', 'Fenzhou', 113.255, 22.345, 1],
  [doumen, '上横卡口', 'Shangheng', 113.21, 22.33, 1],
  [doumen, '六乡卡口', 'Liuxiang', 113.28, 22.325, 2],
  [doumen, '禾丰卡口', 'Hefeng', 113.21, 22.29, 1],
  [doumen, '灯笼卡口', 'Denglong', 113.33, 22.26, 2],
  [doumen, '井岸桥头卡口', 'Jing’an Bridge', 113.29, 22.22, 2],
  [doumen, '斗门镇卡口', 'Doumen Town', 113.19, 22.23, 2],
  [doumen, '小濠涌卡口', 'Xiaohaochong', 113.16, 22.205, 1],
  [doumen, '乾务卡口', 'Qianwu', 113.2, 22.17, 2],
  [doumen, '五山卡口', 'Wushan', 113.12, 22.15, 1],
  [jinwan, '三灶卡口', 'Sanzao', 113.36, 22.05, 2],
  [jinwan, '鱼林卡口', 'Yulin', 113.31, 22.03, 1],
  [jinwan, '小林卡口', 'Xiaolin', 113.34, 22.13, 2],
  [jinwan, '广安卡口', 'Guang’an', 113.27, 22.125, 1],
  [jinwan, '大虎卡口', 'Dahu', 113.15, 22.07, 1],
  [jinwan, '南水卡口', 'Nanshui', 113.22, 22.02, 2],
  [jinwan, '高栏桥头卡口', 'Gaolan Bridge', 113.22, 21.96, 2],
]

/** Real public places, at about their real positions. */
const stations: readonly (readonly [PostType, ...Row])[] = [
  ['railway', xiangzhou, '珠海站', 'Zhuhai Railway Station', 113.5485, 22.2165, 8],
  ['coach', xiangzhou, '拱北汽车客运站', 'Gongbei Coach Station', 113.546, 22.218, 3],
  ['airport', jinwan, '珠海金湾机场', 'Zhuhai Jinwan Airport', 113.376, 22.006, 8],
  ['port', xiangzhou, '九洲港', 'Jiuzhou Port', 113.588, 22.242, 6],
]

const postOf = (id: number, type: PostType, row: Row, illustrative: boolean): Post => {
  const [jurisdiction, zh, en, longitude, latitude, lanes] = row
  return { id, jurisdiction, type, name: { zh, en }, longitude, latitude, lanes, illustrative }
}

const numbered = (): Post[] => {
  const roads = mainRoads.map((row, index) => postOf(index + 1, 'road-main', row, true))
  const minor = minorRoads.map((row, index) => postOf(roads.length + index + 1, 'road-minor', row, true))
  const first = roads.length + minor.length + 1
  const others = stations.map(([type, ...row], index) => postOf(first + index, type, row, false))
  return [...roads, ...minor, ...others]
}

/**
 * The 43 posts: 9 on main roads, 30 on minor roads, two stations, an airport and a port (两站一场一港).
 * Their number by type is a public fact. Names and positions of the 39 on roads are made up along the roads that lead
 * into the city and marked so; how many lanes a post has is made up everywhere.
 */
export const zhuhaiPosts: readonly Post[] = numbered()
