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
  otherKey:
    'The key on this phone does not fit the list, so that nobody is compared with it: {{titles}}. Go online and fetch it; until then ask everybody as your lead says.',
  fetchKeys: 'Fetch',
  unconfirmed: 'Not confirmed: only a prompt. Ask, and record as usual.',
} satisfies TextTree
