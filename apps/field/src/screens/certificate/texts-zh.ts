import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const certificateTextsZh = {
  title: '健康证明',
  lead: '出示了才登记；没有证明照常查验。核验在本机完成，只登记种类、结果和签发国家。',
  label: '证明文字（粘贴或扫码枪）',
  check: '核验',
  again: '重新输入',
  format: '种类',
  issuer: '签发方',
  holder: '持有人',
  born: '出生日期',
  statements: '内容',
  expires: '有效至',
  unknown: '—',
  part: '这是 {{of}} 个二维码中的第 {{number}} 个，只能读单个二维码的证明。',
  noKeys: '本机数据包里没有信任名单，只能读出内容，不能核验签名。',
  remove: '去掉：{{certificate}}',
} as const satisfies TextTree
