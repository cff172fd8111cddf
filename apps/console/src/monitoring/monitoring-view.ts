import { type Measure, measures } from '@guankou/contract/monitoring/endpoints.ts'
import { type Signal, signals } from '@guankou/contract/monitoring/vocabulary.ts'
import { useGo, useSearchPart } from '#src/layout/go.ts'
import { paths, readAreaView } from '#src/path-builder.ts'

/** What the address of the Monitoring page says. */
export type MonitoringView = {
  readonly area?: number
  readonly measure?: Measure
  readonly post?: number
  readonly signal?: Signal
  /** Left out: alarms that are not closed. */
  readonly show?: 'all'
  /** The alarm that is open. */
  readonly alarm?: string
  readonly grid?: 'table'
  readonly keys?: boolean
}

const oneOf = <const T extends string>(value: unknown, words: readonly T[]): T | undefined =>
  words.find((word) => word === value)

/** Whatever is malformed counts as left out. */
export const readMonitoringView = (search: Readonly<Record<string, unknown>>): MonitoringView => {
  const view = {
    ...readAreaView(search),
    measure: oneOf(search.measure, measures),
    signal: oneOf(search.signal, signals),
    show: oneOf(search.show, ['all']),
    grid: oneOf(search.grid, ['table']),
    alarm:
      typeof search.alarm === 'string' && /^[0-9a-f-]{36}$/.test(search.alarm) ? search.alarm : undefined,
  }
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined))
}

export const useMonitoringView = () => {
  const view = readMonitoringView(useSearchPart())
  const go = useGo()
  const change = (part: { readonly [K in keyof MonitoringView]?: MonitoringView[K] | undefined }): void =>
    go(paths.monitoring, { ...view, ...part }, 'replace')
  return { view, change }
}
