import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const overrideTextsZh = {
  title: '更改处置',
  lead: '规则给出的处置保留不改，您的决定记在旁边。没有网络也可以记录。',
  code: '凭条码',
  codeHint: '查验员凭条上的 12 位码',
  codeWrong: '凭条码不对，请再核对一遍',
  person: '座位 {{seat}}',
  here: '本机记录：{{plate}}，整车处置“{{disposition}}”',
  elsewhere: '不是本机查验的，由服务器核对',
  to: '改为',
  ground: '理由',
  words: '说明',
  wordsHint: '加密保存，请勿写与处置无关的内容。',
  second: '低于规则下限的，须另一名带班领导或指挥长同意后生效。',
  submit: '记录更改',
  done: '已记录：{{disposition}}',
  doneText: '有网络时自动上传，结果见“记录”。',
  another: '再改一人',
  record: '更改处置 {{code}}',
  full: '手机空间不足，没有保存。',
} as const satisfies TextTree
