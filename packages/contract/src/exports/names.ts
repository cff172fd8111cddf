import type { Bilingual } from '../primitives.ts'
import type { ExportState, TraceWay } from './endpoints.ts'

export const exportStateNames: Readonly<Record<ExportState, Bilingual>> = {
  requested: { zh: '待审批', en: 'Waits for approval' },
  refused: { zh: '未同意', en: 'Refused' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  approved: { zh: '生成中', en: 'Being made' },
  ready: { zh: '可下载', en: 'Ready' },
  failed: { zh: '生成失败', en: 'Could not be made' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
  expired: { zh: '已过期销毁', en: 'Expired and destroyed' },
  destroyed: { zh: '已销毁', en: 'Destroyed' },
}

export const traceWayNames: Readonly<Record<TraceWay, Bilingual>> = {
  ref: { zh: '按行编号确认', en: 'Certain, by the row number' },
  'invisible-mark': { zh: '按隐形标记确认', en: 'Certain, by the invisible mark' },
  'same-row': { zh: '含相同的一行（其他名单也可能含有）', en: 'Held the same row, as others may have' },
  'same-person': { zh: '含同一人（其他名单也可能含有）', en: 'Held the same person, as others may have' },
}
