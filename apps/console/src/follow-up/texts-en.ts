import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const followUpTextsEn = {
  title: 'Follow-up',
  counts: 'Open work',
  countsNote: 'of what your role is told',
  work: 'Work',
  kind: {
    doors: 'Doors to visit',
    quarantine: 'Quarantine',
    help: 'Requests for help',
    calls: 'Calls of worklists',
  },
  item: { door: 'Door', quarantine: 'Quarantine', calls: 'Calls' },
  overdueCount: 'Overdue',
  open: 'Open',
  oldest: 'Longest since',
  overdue: 'Overdue, the longest first',
  overdueNote: 'by number; nobody is named',
  none: 'Nothing is overdue.',
  noneText: 'What is open stands on its own page.',
  more: 'The longest {{count}} are shown; the rest stands on the page of its work.',
  number: 'No.',
  since: 'Overdue since',
  at: 'Time',
  where: 'Where',
  callsLate_one: '{{count}} call late',
  callsLate_other: '{{count}} calls late',
} as const satisfies TextTree
