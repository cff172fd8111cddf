import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const testingTextsEn = {
  title: 'Test today',
  ask: '{{name}}:',
  code: 'Tube label',
  full: 'This phone has no room; nothing was stored.',
  record: 'Test',
  reason: {
    everyone: 'everyone here is tested today.',
    lot: 'drawn by lot among all.',
    high: 'from an origin with twice the usual share of infections.',
    little: 'little is known of this origin.',
    best: 'tests find most here today.',
    others: 'drawn by today’s quota.',
  },
} as const satisfies TextTree
