import { useEffect, useRef } from 'react'
import { type ChartOption, echarts } from '#src/charts/echarts.ts'

export type ChartProps = {
  readonly option: ChartOption
  /** What the picture shows, in words: all that a screen reader gets of it. */
  readonly summary: string
  /** Called with the `id` that a datum carries when it is clicked. */
  readonly onPick?: (id: number) => void
  readonly className?: string
}

const idOf = (event: unknown): number | undefined => {
  const datum = (event as { data?: unknown }).data
  if (typeof datum !== 'object' || datum === null || !('id' in datum)) return undefined
  const id = Number(datum.id)
  return Number.isFinite(id) ? id : undefined
}

/**
 * Draws an option and nothing else: it fits itself to its box, draws without animation (figures that change every
 * second must not swim, and some people asked for less motion), and tells what was clicked.
 */
export const Chart = ({ option, summary, onPick, className }: ChartProps) => {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<ReturnType<typeof echarts.init>>(null)
  const pick = useRef(onPick)
  pick.current = onPick

  useEffect(() => {
    if (box.current === null) return
    const drawn = echarts.init(box.current, null, { renderer: 'canvas' })
    drawn.on('click', (event) => {
      const id = idOf(event)
      if (id !== undefined) pick.current?.(id)
    })
    const observer = new ResizeObserver(() => drawn.resize())
    observer.observe(box.current)
    // Text that was measured before its font came is measured again.
    const fontsCame = (): void => drawn.resize()
    document.fonts.addEventListener('loadingdone', fontsCame)
    chart.current = drawn
    return () => {
      observer.disconnect()
      document.fonts.removeEventListener('loadingdone', fontsCame)
      drawn.dispose()
      chart.current = null
    }
  }, [])

  useEffect(() => {
    if (box.current === null) return
    const { fontFamily } = getComputedStyle(box.current)
    chart.current?.setOption({ animation: false, textStyle: { fontFamily }, ...option }, { notMerge: true })
  }, [option])

  return <div ref={box} role="img" aria-label={summary} className={className ?? 'chart'} />
}
