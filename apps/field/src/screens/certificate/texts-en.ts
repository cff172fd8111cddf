import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const certificateTextsEn = {
  title: 'Health certificate',
  lead: 'Noted where one is shown; without one people are screened as usual. It is checked on this phone; kind, outcome and country are noted.',
  label: 'Text of the certificate (pasted or scanned)',
  check: 'Check',
  again: 'Enter it again',
  format: 'Kind',
  issuer: 'Issuer',
  holder: 'Holder',
  born: 'Date of birth',
  statements: 'Statement',
  expires: 'Valid until',
  unknown: '—',
  part: 'This is code {{number}} of {{of}}; only certificates of one code can be read.',
  noKeys: 'The pack holds no trust list: the content can be read, but no signature checked.',
  remove: 'Remove: {{certificate}}',
} as const satisfies TextTree
