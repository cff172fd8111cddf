import type { TextTree } from '#src/i18n/text-tree.ts'

export const uiTextsZh = {
  loading: '正在读取…',
  retry: '重试',
  errorTitle: '没有读到数据',
  unreachable: '连不上服务器，请检查网络。',
  correlation: '关联编号 {{id}}',
  asOf: '数据时间 {{time}}',
  showTable: '表格',
  showChart: '图表',
  showMap: '地图',
  viewOf: '{{name}}：显示方式',
  state: { well: '正常', look: '请留意', act: '须处理', info: '信息' },
} as const satisfies TextTree
