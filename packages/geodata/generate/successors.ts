/**
 * Where an abolished prefecture-level unit lies today when its name does not say so (周口地区 -> 周口市 needs no row).
 * Public facts of the changes of divisions since 1980; a unit that was split is given the successor that took most of it,
 * and its counties are then placed one by one by their own names.
 */
export const reviewedSuccessors: ReadonlyMap<number, number> = new Map([
  [142100, 140200], // 雁北地区 -> 大同市
  [142500, 140400], // 晋东南地区 -> 长治市
  [152300, 150500], // 哲里木盟 -> 通辽市
  [152400, 150400], // 昭乌达盟 -> 赤峰市
  [152700, 150600], // 伊克昭盟 -> 鄂尔多斯市
  [222500, 220100], // 德惠地区 -> 长春市
  [222600, 220200], // 永吉地区 -> 吉林市
  [232100, 230100], // 松花江地区 -> 哈尔滨市
  [232200, 230200], // 嫩江地区 -> 齐齐哈尔市
  [232400, 230800], // 合江地区 -> 佳木斯市
  [322200, 320800], // 淮阴地区 -> 淮安市
  [341400, 340100], // 巢湖市 -> 合肥市
  [342200, 341300], // 宿县地区 -> 宿州市
  [342300, 341100], // 滁县地区 -> 滁州市
  [342600, 340100], // 巢湖地区 -> 合肥市
  [342700, 341000], // 徽州地区 -> 黄山市
  [352400, 350500], // 晋江地区 -> 泉州市
  [352500, 350600], // 龙溪地区 -> 漳州市
  [371200, 370100], // 莱芜市 -> 济南市
  [420400, 421000], // 沙市市 -> 荆州市
  [422600, 420300], // 郧阳地区 -> 十堰市
  [432900, 431100], // 零陵地区 -> 永州市
  [441000, 460100], // 海口市 while in Guangdong
  [441100, 460200], // 三亚市 while in Guangdong
  [442100, 460100], // 海南行政区 -> 海口市
  [442200, 460200], // 海南黎族苗族自治州 -> 三亚市
  [442400, 441400], // 梅县地区 -> 梅州市
  [442500, 441300], // 惠阳地区 -> 惠州市
  [510200, 500000], // 重庆市 while in Sichuan
  [511200, 500000], // 万县市
  [512100, 500000], // 永川地区
  [512200, 500000], // 万县地区
  [512300, 500000], // 涪陵地区
  [512700, 510100], // 温江地区 -> 成都市
  [513000, 511700], // 达川地区 -> 达州市
  [513500, 500000], // 黔江地区
  [517000, 500000], // 涪陵市
  [530200, 530100], // 东川市 -> 昆明市
  [532700, 530800], // 思茅地区 -> 普洱市
  [542700, 540200], // 江孜地区 -> 日喀则市
  [642100, 640300], // 银南地区 -> 吴忠市
  [652400, 654000], // 伊犁哈萨克自治州 under its first code
  [654100, 654000], // 伊犁地区
])

/** Single codes that names cannot place: renamed units, and Hainan's and Hubei's former directly run ones. */
export const reviewedCountySuccessors: ReadonlyMap<number, number> = new Map([
  [219003, 211400], // 锦西市 -> 葫芦岛市
  [219005, 211200], // 铁法市 -> 铁岭市
  [379016, 370200], // 胶南市 -> 青岛市
  [429007, 420500], // 枝城市 -> 宜昌市
  [469003, 460400], // 儋州市 before it became a prefecture-level city
  [469031, 460300], // 西沙群岛 -> 三沙市
  [469032, 460300], // 南沙群岛 -> 三沙市
  [469033, 460300], // 中沙群岛的岛礁及其海域 -> 三沙市
  [469037, 460300],
  [469038, 460300],
  [469039, 460300],
])

/** Provinces in whose present lists a unit of the key's province may be found: Chongqing and Hainan were split off. */
export const provincesToday: ReadonlyMap<number, readonly number[]> = new Map([
  [44, [44, 46]],
  [51, [51, 50]],
])
