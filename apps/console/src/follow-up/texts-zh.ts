import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const followUpTextsZh = {
  title: '督办',
  counts: '未了结的工作',
  countsNote: '按岗位可见',
  work: '工作',
  kind: { doors: '待访的户', quarantine: '隔离随访', help: '求助', calls: '名单电话' },
  item: { door: '户', quarantine: '隔离', calls: '电话' },
  overdueCount: '逾期',
  open: '未了结',
  oldest: '最早的始于',
  overdue: '逾期，最久的在前',
  overdueNote: '只有编号，不显示姓名',
  none: '没有逾期。',
  noneText: '未了结的工作见各自的页面。',
  more: '只显示最久的 {{count}} 项，其余见各自的页面。',
  number: '编号',
  since: '逾期始于',
  at: '时间',
  where: '地点',
  callsLate_other: '{{count}} 个电话逾期',
} as const satisfies TextTree
