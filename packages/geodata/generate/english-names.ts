/**
 * English names that pinyin alone does not give. Cities whose Chinese name renders a Mongol, Tibetan, Uyghur or Manchu one
 * keep the spelling in use on maps and by their own administrations; the rest is pinyin (see `englishOfCity`).
 */
export interface EnglishName {
  /** Full name, with the kind of unit when it is not a plain city. */
  readonly full: string
  /** For labels on a map or a chart. */
  readonly short: string
  /** Chinese label where cutting the suffix is not enough. */
  readonly shortZh?: string
}

const provinceRows: readonly [number, string, string, string][] = [
  [110000, '北京', 'Beijing', 'Beijing'],
  [120000, '天津', 'Tianjin', 'Tianjin'],
  [130000, '河北', 'Hebei Province', 'Hebei'],
  [140000, '山西', 'Shanxi Province', 'Shanxi'],
  [150000, '内蒙古', 'Inner Mongolia Autonomous Region', 'Inner Mongolia'],
  [210000, '辽宁', 'Liaoning Province', 'Liaoning'],
  [220000, '吉林', 'Jilin Province', 'Jilin'],
  [230000, '黑龙江', 'Heilongjiang Province', 'Heilongjiang'],
  [310000, '上海', 'Shanghai', 'Shanghai'],
  [320000, '江苏', 'Jiangsu Province', 'Jiangsu'],
  [330000, '浙江', 'Zhejiang Province', 'Zhejiang'],
  [340000, '安徽', 'Anhui Province', 'Anhui'],
  [350000, '福建', 'Fujian Province', 'Fujian'],
  [360000, '江西', 'Jiangxi Province', 'Jiangxi'],
  [370000, '山东', 'Shandong Province', 'Shandong'],
  [410000, '河南', 'Henan Province', 'Henan'],
  [420000, '湖北', 'Hubei Province', 'Hubei'],
  [430000, '湖南', 'Hunan Province', 'Hunan'],
  [440000, '广东', 'Guangdong Province', 'Guangdong'],
  [450000, '广西', 'Guangxi Zhuang Autonomous Region', 'Guangxi'],
  [460000, '海南', 'Hainan Province', 'Hainan'],
  [500000, '重庆', 'Chongqing', 'Chongqing'],
  [510000, '四川', 'Sichuan Province', 'Sichuan'],
  [520000, '贵州', 'Guizhou Province', 'Guizhou'],
  [530000, '云南', 'Yunnan Province', 'Yunnan'],
  [540000, '西藏', 'Xizang (Tibet) Autonomous Region', 'Xizang (Tibet)'],
  [610000, '陕西', 'Shaanxi Province', 'Shaanxi'],
  [620000, '甘肃', 'Gansu Province', 'Gansu'],
  [630000, '青海', 'Qinghai Province', 'Qinghai'],
  [640000, '宁夏', 'Ningxia Hui Autonomous Region', 'Ningxia'],
  [650000, '新疆', 'Xinjiang Uygur Autonomous Region', 'Xinjiang'],
  [710000, '台湾', 'Taiwan', 'Taiwan'],
  [810000, '香港', 'Hong Kong SAR', 'Hong Kong'],
  [820000, '澳门', 'Macao SAR', 'Macao'],
]

/** Autonomous prefectures, prefectures (地区), leagues (盟): code, Chinese label, English label, rest of the English name. */
const unitRows: readonly [number, string, string, string][] = [
  [152200, '兴安盟', 'Hinggan', 'League'],
  [152500, '锡林郭勒', 'Xilin Gol', 'League'],
  [152900, '阿拉善', 'Alxa', 'League'],
  [222400, '延边', 'Yanbian', 'Korean Autonomous Prefecture'],
  [232700, '大兴安岭', 'Da Hinggan Ling', 'Prefecture'],
  [422800, '恩施', 'Enshi', 'Tujia and Miao Autonomous Prefecture'],
  [433100, '湘西', 'Xiangxi', 'Tujia and Miao Autonomous Prefecture'],
  [513200, '阿坝', 'Aba', 'Tibetan and Qiang Autonomous Prefecture'],
  [513300, '甘孜', 'Garze', 'Tibetan Autonomous Prefecture'],
  [513400, '凉山', 'Liangshan', 'Yi Autonomous Prefecture'],
  [522300, '黔西南', 'Qianxinan', 'Buyei and Miao Autonomous Prefecture'],
  [522600, '黔东南', 'Qiandongnan', 'Miao and Dong Autonomous Prefecture'],
  [522700, '黔南', 'Qiannan', 'Buyei and Miao Autonomous Prefecture'],
  [532300, '楚雄', 'Chuxiong', 'Yi Autonomous Prefecture'],
  [532500, '红河', 'Honghe', 'Hani and Yi Autonomous Prefecture'],
  [532600, '文山', 'Wenshan', 'Zhuang and Miao Autonomous Prefecture'],
  [532800, '西双版纳', 'Xishuangbanna', 'Dai Autonomous Prefecture'],
  [532900, '大理', 'Dali', 'Bai Autonomous Prefecture'],
  [533100, '德宏', 'Dehong', 'Dai and Jingpo Autonomous Prefecture'],
  [533300, '怒江', 'Nujiang', 'Lisu Autonomous Prefecture'],
  [533400, '迪庆', 'Diqing', 'Tibetan Autonomous Prefecture'],
  [542500, '阿里', 'Ngari', 'Prefecture'],
  [622900, '临夏', 'Linxia', 'Hui Autonomous Prefecture'],
  [623000, '甘南', 'Gannan', 'Tibetan Autonomous Prefecture'],
  [632200, '海北', 'Haibei', 'Tibetan Autonomous Prefecture'],
  [632300, '黄南', 'Huangnan', 'Tibetan Autonomous Prefecture'],
  [632500, '海南州', 'Hainan (Qinghai)', 'Tibetan Autonomous Prefecture'],
  [632600, '果洛', 'Golog', 'Tibetan Autonomous Prefecture'],
  [632700, '玉树', 'Yushu', 'Tibetan Autonomous Prefecture'],
  [632800, '海西', 'Haixi', 'Mongol and Tibetan Autonomous Prefecture'],
  [652300, '昌吉', 'Changji', 'Hui Autonomous Prefecture'],
  [652700, '博尔塔拉', 'Bortala', 'Mongol Autonomous Prefecture'],
  [652800, '巴音郭楞', 'Bayingolin', 'Mongol Autonomous Prefecture'],
  [652900, '阿克苏', 'Aksu', 'Prefecture'],
  [653000, '克孜勒苏', 'Kizilsu', 'Kirgiz Autonomous Prefecture'],
  [653100, '喀什', 'Kashgar', 'Prefecture'],
  [653200, '和田', 'Hotan', 'Prefecture'],
  [654000, '伊犁', 'Ili', 'Kazak Autonomous Prefecture'],
  [654200, '塔城', 'Tacheng', 'Prefecture'],
  [654300, '阿勒泰', 'Altay', 'Prefecture'],
  [429021, '神农架', 'Shennongjia', 'Forestry District'],
  [469025, '白沙', 'Baisha', 'Li Autonomous County'],
  [469026, '昌江', 'Changjiang', 'Li Autonomous County'],
  [469027, '乐东', 'Ledong', 'Li Autonomous County'],
  [469028, '陵水', 'Lingshui', 'Li Autonomous County'],
  [469029, '保亭', 'Baoting', 'Li and Miao Autonomous County'],
  [469030, '琼中', 'Qiongzhong', 'Li and Miao Autonomous County'],
]

/** Cities not spelled in pinyin, and the pairs that pinyin makes alike (told apart by the province). */
const cityRows: readonly [number, string][] = [
  [150100, 'Hohhot'],
  [150200, 'Baotou'],
  [150600, 'Ordos'],
  [150700, 'Hulunbuir'],
  [150800, 'Bayannur'],
  [150900, 'Ulanqab'],
  [230100, 'Harbin'],
  [230200, 'Qiqihar'],
  [230700, 'Yichun (Heilongjiang)'],
  [230800, 'Jiamusi'],
  [320500, 'Suzhou (Jiangsu)'],
  [321200, 'Taizhou (Jiangsu)'],
  [331000, 'Taizhou (Zhejiang)'],
  [341300, 'Suzhou (Anhui)'],
  [350100, 'Fuzhou (Fujian)'],
  [360900, 'Yichun (Jiangxi)'],
  [361000, 'Fuzhou (Jiangxi)'],
  [450900, 'Yulin (Guangxi)'],
  [610800, 'Yulin (Shaanxi)'],
  [540100, 'Lhasa'],
  [540200, 'Xigaze (Shigatse)'],
  [540300, 'Qamdo (Chamdo)'],
  [540400, 'Nyingchi'],
  [540500, 'Shannan (Lhoka)'],
  [540600, 'Nagqu'],
  [650100, 'Urumqi'],
  [650200, 'Karamay'],
  [650400, 'Turpan'],
  [650500, 'Hami (Kumul)'],
  [659002, 'Aral'],
  [659003, 'Tumxuk'],
  [659008, 'Kokdala'],
]

const byCode: ReadonlyMap<number, EnglishName> = new Map([
  ...provinceRows.map(([code, shortZh, full, short]) => [code, { full, short, shortZh }] as const),
  ...unitRows.map(
    ([code, shortZh, short, kind]) =>
      [code, { full: `${short.replace(/ \(.*/, '')} ${kind}`, short, shortZh }] as const,
  ),
  ...cityRows.map(([code, full]) => [code, { full, short: full }] as const),
])

/** Pinyin spelling of a place: syllables joined, apostrophe before an inner vowel (GB/T 28039), ü kept. */
export function joinSyllables(syllables: readonly string[]): string {
  const joined = syllables
    .map((syllable, index) => (index > 0 && /^[aeo]/.test(syllable) ? `'${syllable}` : syllable))
    .join('')
  const spelled = joined.replaceAll('v', 'ü')
  return spelled.charAt(0).toUpperCase() + spelled.slice(1)
}

const suffixes: readonly [string, string][] = [
  ['市', ''],
  ['县', ' County'],
  ['区', ' District'],
]

/** The English name of a division: the reviewed table first, otherwise pinyin without the suffix. */
export function englishNameOf(code: number, nameZh: string, syllables: string): EnglishName {
  const reviewed = byCode.get(code)
  if (reviewed !== undefined) return reviewed
  const suffix = suffixes.find(([zh]) => nameZh.endsWith(zh))
  if (suffix === undefined) throw new Error(`no English rule for ${code} ${nameZh}`)
  const short = joinSyllables(syllables.split(' ').slice(0, -1))
  return { full: short + suffix[1], short }
}
