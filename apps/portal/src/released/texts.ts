import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { ReleaseVerdict } from '@guankou/contract/quarantine/released.ts'

const text = (zh: string, en: string): Bilingual => ({ zh, en })

export const verdictTexts: Readonly<Record<ReleaseVerdict, Bilingual>> = {
  genuine: text(
    '本市签发，有效。请与纸面和本人证件核对下面各项，不一致的不要采信。',
    'Signed by this city, and valid. Compare what follows with the paper and with the document of the person; do not take it where they differ.',
  ),
  expired: text(
    '本市签发，但核验期已过。',
    'Signed by this city, but it was to be checked by an earlier day.',
  ),
  forged: text(
    '不是本市签发，或内容被改动。不要采信，并请致电出具单位。',
    'Not signed by this city, or changed since. Do not take it, and call the issuer.',
  ),
  'other-city': text(
    '这是其他城市的证明，请到该市的网站核验。',
    'This certificate is of another city: check it on the pages of that city.',
  ),
  unreadable: text(
    '读不出内容：二维码不完整，或不是解除证明。请重新扫描；仍读不出的，请致电出具单位，不要仅凭纸面采信。',
    'Nothing can be read: the code is incomplete, or of something else. Scan it again; if that fails, call the issuer, and do not take the paper alone.',
  ),
}

export const releasedTexts = {
  title: text('核验解除隔离证明', 'Check a certificate of release'),
  lead: text(
    '扫描证明上的二维码即打开本页。不需要账号，不记录谁核验了谁，也不显示完整身份。',
    'The code on the certificate opens this page. It needs no account, keeps no record of who checked whom, and does not show the full identity.',
  ),
  field: text('或粘贴二维码里的文字', 'Or paste what the code holds'),
  check: text('核验', 'Check'),
  checking: text('正在核验…', 'Checking…'),
  unreachable: text(
    '现在连不上网络，没有核验。请稍后重试。',
    'There is no network: nothing was checked. Try again later.',
  ),
  tooMany: text('核验太频繁，请稍后再试。', 'There were too many checks: try again later.'),
  result: text('核验结果', 'Result'),
  number: text('编号', 'No.'),
  district: text('出具', 'Issued by'),
  name: text('姓名（已遮盖）', 'Name (covered)'),
  document: text('证件号码（已遮盖）', 'Document number (covered)'),
  released: text('解除时间', 'Released'),
  issued: text('打印时间', 'Printed'),
  expires: text('可核验至', 'Can be checked until'),
  none: text('没有登记', 'None on file'),
  foot: text(
    '请确认网址属于本市关口网站。本证明不是通行凭证；没有证明的，也不得仅因此拒绝。',
    'See that this page belongs to your city. The certificate is no pass, and nobody is to be turned away for having none.',
  ),
} as const
