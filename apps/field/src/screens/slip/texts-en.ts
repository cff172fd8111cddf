import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const slipTextsEn = {
  open: 'Slip',
  title: 'Screening slip',
  seat: 'Person {{n}}',
  qr: 'QR code that opens your own page',
  how: 'With this code and the last four characters of your document (or phone, without papers) see at {{host}}/portal/me what is held, until when, and who looked.',
  desk: 'No phone needed: any desk prints it after checking in person. This code is no pass.',
  previous: 'Previous',
  next: 'Next',
  of: '{{n}} of {{count}}',
  print: 'Print',
  printAll: 'Print all',
  close: 'Close',
} as const satisfies TextTree
