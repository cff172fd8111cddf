import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const testingTextsZh = {
  title: '今天请做检测',
  ask: '{{name}}：',
  code: '试管编号',
  full: '手机空间不足，没有保存。',
  record: '检测',
  reason: {
    everyone: '本点位今天人人检测。',
    lot: '在所有人中随机抽中。',
    high: '来源地感染率达平均两倍以上。',
    little: '对这个来源地所知甚少。',
    best: '今天在这里检测最有效。',
    others: '按今天的配额抽中。',
  },
} as const satisfies TextTree
