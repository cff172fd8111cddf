import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const correctTextsEn = {
  title: 'Put right and send again',
  open: 'Put right and send again',
  lead: 'The server refused this record. Put right, it is sent as a new record that names the refused one, which stays on the phone.',
  of: '{{time}} · {{count}} people',
  plate: 'Plate (empty where there is none)',
  place: 'Post and lane',
  placeText: '{{post}} · lane {{lane}}',
  also: 'Times, temperatures, symptoms and places that the rules do not take are put right as well, to the strict side.',
  submit: 'Put right and send',
  done: 'Put right; it is being sent',
  doneText: 'The new record is under Records, and so is the refused one.',
  gone: 'This record is sealed and cannot be opened on this phone; record it anew.',
  full: 'The phone is full; nothing was saved.',
  corrected: 'Put right and sent again',
} as const satisfies TextTree
