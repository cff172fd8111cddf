import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const matchTextsEn = {
  label: 'Prompt from a list',
  plate: 'Plate {{plate}}',
  seat: 'Seat {{seat}}',
  short: 'List: {{title}}',
  onList: 'may be on a list: {{title}}',
  confirmed: 'The server confirms that they are on it.',
  asking: 'The server is being asked…',
  found: 'On a list: {{reason}} (confirmed)',
  maybe: 'May be on a list: {{reason}} (not confirmed)',
  unconfirmed: 'Not confirmed: only a prompt. Ask, and record as usual.',
} satisfies TextTree
