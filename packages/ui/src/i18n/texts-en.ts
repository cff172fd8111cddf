import type { TextTree } from '#src/i18n/text-tree.ts'

export const uiTextsEn = {
  loading: 'Loading…',
  retry: 'Try again',
  errorTitle: 'No data came back',
  unreachable: 'The server cannot be reached; check the network.',
  correlation: 'Correlation id {{id}}',
  asOf: 'Data of {{time}}',
  showTable: 'Table',
  showChart: 'Chart',
  showMap: 'Map',
  viewOf: '{{name}}: show as',
  state: { well: 'All well', look: 'Look here', act: 'Act now', info: 'Information' },
} as const satisfies TextTree
