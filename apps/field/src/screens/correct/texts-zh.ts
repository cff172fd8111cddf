import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const correctTextsZh = {
  title: '改正后重发',
  open: '改正后重发',
  lead: '这条记录被服务器退回。改正后作为新记录发送，并注明原记录；原记录保留在本机。',
  of: '{{time}} · {{count}} 人',
  plate: '车牌（没有就留空）',
  place: '点位和车道',
  placeText: '{{post}} · {{lane}} 车道',
  also: '时间、体温、症状和旅居史中不合规的地方会一并按从严改正。',
  submit: '改正并发送',
  done: '已改正，正在发送',
  doneText: '新记录见“记录”，被退回的原记录也在那里。',
  gone: '这条记录已加密保存，本机打不开，请重新登记。',
  full: '手机空间不足，没有保存。',
  corrected: '已改正并重发',
} as const satisfies TextTree
