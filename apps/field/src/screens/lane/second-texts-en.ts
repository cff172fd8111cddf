import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const secondTextsEn = {
  by: 'Measure again by another method',
  park: 'Put aside',
  parkMore: 'let the next come',
  parked: 'Aside',
  parkedShort: '{{n}}',
  parkedTitle: 'Waiting for a second reading',
  parkedRow: '{{plate}} · {{people}}',
  ready: 'can be measured now',
  left: '{{time}} to wait',
  none: 'No vehicle waits.',
  resume: 'Go on',
  swapHint: 'The vehicle being entered is put here instead.',
  implausible: '{{value}} °C of {{person}} is hardly a body temperature. Please measure again.',
  again: 'Measure again',
  isRight: 'Checked, it is {{value}}',
  missingImplausible: 'Check {{value}} °C',
  device: 'Thermometer (label or name, optional)',
  ambient: 'Around the reading',
  ambientNone: 'Nothing special',
  ambients: {
    cold: 'Cold',
    sun: 'Sun',
    wind: 'Wind',
    'heated-vehicle': 'Heated car',
    exertion: 'After exertion',
  },
  doubt: {
    'same-method': 'Both readings by the same method',
    'too-early': 'The second reading came too early',
  },
} as const satisfies TextTree

export const plateTextsEn = {
  meant: 'Is it',
  foreign: 'Foreign plate',
  form: {
    ordinary: 'ordinary',
    'new-energy-small': 'new energy, small',
    'new-energy-large': 'new energy, large',
    police: 'police',
    trailer: 'trailer',
    learner: 'learner',
    trial: 'trial',
    oversize: 'oversize',
    temporary: 'temporary',
    emergency: 'emergency',
    'hong-kong': 'Hong Kong, cross-border',
    macao: 'Macao, cross-border',
    embassy: 'embassy',
    consulate: 'consulate',
    military: 'military',
    'armed-police': 'armed police',
    tractor: 'tractor',
    elsewhere: 'foreign or other',
  },
} as const satisfies TextTree

export const checkTextsEn = {
  meant: 'Is it {{number}}',
  way: {
    'look-alike': 'look-alike',
    swap: 'swapped',
    'neighbour-key': 'next key',
    'one-character': 'one character',
  },
  looksLike: 'Looks like: {{kind}}',
  compare: 'Compare with the document before you choose; nothing is changed by itself.',
  region: 'Is it {{number}}',
} as const satisfies TextTree
