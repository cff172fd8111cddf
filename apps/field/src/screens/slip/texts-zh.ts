import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const slipTextsZh = {
  open: '凭条',
  title: '查验凭条',
  seat: '第 {{n}} 位',
  qr: '打开本人页面的二维码',
  how: '凭此码和证件号（没有证件的用电话）末四位，可在 {{host}}/portal/me 查看：存了什么、存到哪天、谁看过。',
  desk: '没有手机也可以：到任一服务台出示本凭条，当面核对后打印。此码不是通行证。',
  previous: '上一位',
  next: '下一位',
  of: '{{n}} / {{count}}',
  print: '打印',
  printAll: '全部打印',
  close: '关闭',
} as const satisfies TextTree
