import type { Bilingual } from '@guankou/contract/primitives.ts'

const text = (zh: string, en: string): Bilingual => ({ zh, en })

export const certificateTexts = {
  title: text('健康证明', 'Health certificate'),
  lead: text(
    '把证明二维码里的文字粘贴到这里（HC1: 或 shc:/ 开头）。核验在这部手机上完成，内容不会发出去。',
    'Paste what the code of the certificate holds (it begins with HC1: or shc:/). It is checked on this phone and sent nowhere.',
  ),
  field: text('证明文字', 'Text of the certificate'),
  check: text('核验', 'Check'),
  noKeys: text(
    '现在没有信任名单，只能读出内容，不能核验签名。',
    'There is no trust list at hand: the content can be read, but no signature checked.',
  ),
  part: text(
    '这是 {{of}} 个二维码中的第 {{number}} 个，目前只能读单个二维码的证明。',
    'This is code {{number}} of {{of}}; only certificates of one code can be read.',
  ),
  result: text('结果', 'Result'),
  format: text('种类', 'Kind'),
  issuer: text('签发方', 'Issuer'),
  holder: text('持有人', 'Holder'),
  born: text('出生日期', 'Date of birth'),
  issued: text('签发时间', 'Issued'),
  expires: text('有效至', 'Valid until'),
  statement: text('内容', 'Statement'),
  notPass: text(
    '证明只是依据之一，不等于放行；没有证明也照常查验。',
    'A certificate is one piece of evidence and no pass; without one you are screened as usual.',
  ),
  back: text('返回入城申报', 'Back to the declaration'),
} as const
