import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const matchTextsZh = {
  label: '名单提示',
  plate: '车牌 {{plate}}',
  seat: '第 {{seat}} 位',
  short: '名单提示：{{title}}',
  onList: '可能在名单上：{{title}}',
  confirmed: '已与服务器核对，在名单上。',
  asking: '正在与服务器核对…',
  found: '名单：{{reason}}（已核对）',
  maybe: '可能在名单上：{{reason}}（未核对）',
  otherKey: '本机密钥与名单不符，不能比对：{{titles}}。请联网更新；更新前请按带班领导要求逐一询问。',
  fetchKeys: '更新',
  unconfirmed: '未能核对：仅为提示，请询问后照常登记。',
} satisfies TextTree
