import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const secondTextsZh = {
  by: '复测请换一种方式',
  park: '先放一边',
  parkMore: '放行下一辆',
  parked: '候测',
  parkedShort: '{{n}} 辆',
  parkedTitle: '等着复测的车辆',
  parkedRow: '{{plate}} · {{people}}',
  ready: '可以复测了',
  left: '还要等 {{time}}',
  none: '没有等着复测的车辆。',
  resume: '接着做',
  swapHint: '正在登记的车辆会放到这里。',
  implausible: '{{person}}的 {{value}} ℃ 不像是人的体温，请再测一次。',
  again: '重测',
  isRight: '核对过，就是 {{value}}',
  missingImplausible: '体温 {{value}} 请核对',
  device: '体温计（编号或名称，可不填）',
  ambient: '测温时的环境',
  ambientNone: '没有特别的',
  ambients: { cold: '寒冷', sun: '日晒', wind: '大风', 'heated-vehicle': '车内暖气', exertion: '刚活动过' },
  doubt: { 'same-method': '两次用的是同一种方式', 'too-early': '第二次测得过早' },
} as const satisfies TextTree

export const plateTextsZh = {
  meant: '是不是',
  foreign: '境外车牌',
  form: {
    ordinary: '普通号牌',
    'new-energy-small': '新能源小型车',
    'new-energy-large': '新能源大型车',
    police: '警车',
    trailer: '挂车',
    learner: '教练车',
    trial: '试车',
    oversize: '特型车',
    temporary: '临时号牌',
    emergency: '应急救援',
    'hong-kong': '港车入粤',
    macao: '澳车入粤',
    embassy: '使馆',
    consulate: '领馆',
    military: '军车',
    'armed-police': '武警',
    tractor: '拖拉机',
    elsewhere: '境外或其他',
  },
} as const satisfies TextTree

export const checkTextsZh = {
  meant: '是不是 {{number}}',
  way: {
    'look-alike': '形近字',
    swap: '前后颠倒',
    'neighbour-key': '按到邻键',
    'one-character': '错一位',
  },
  looksLike: '看起来是{{kind}}',
  compare: '请与证件核对后再选，不会自动改。',
  region: '这是 {{number}} 吗',
} as const satisfies TextTree
