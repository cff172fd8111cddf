import type { Bilingual } from '@guankou/contract/primitives.ts'

const cellsWide = 30
const quietMs = 400
const redrawMs = 100

export type ProgressBar = {
  /** @param done  how much is done, 0 to the total */
  readonly show: (done: number) => void
  /** Takes the bar away. */
  readonly end: () => void
}

/**
 * A bar on standard error, on a terminal, for work that takes longer than a moment; silent where nobody watches.
 * @param total  how much there is to do, in any unit
 */
export const createProgressBar = (label: Bilingual, total: number): ProgressBar => {
  const startMs = performance.now()
  let lastMs = startMs
  let drawn = false
  return {
    show: (done) => {
      const nowMs = performance.now()
      if (!process.stderr.isTTY || nowMs - startMs < quietMs || nowMs - lastMs < redrawMs) return
      lastMs = nowMs
      drawn = true
      const share = total > 0 ? Math.min(1, done / total) : 1
      const full = Math.round(share * cellsWide)
      const bar = `${'█'.repeat(full)}${'░'.repeat(cellsWide - full)}`
      process.stderr.write(`\r  ${label.en} · ${label.zh} ${bar} ${Math.floor(share * 100)} %`)
    },
    end: () => {
      if (drawn) process.stderr.write('\r\u001b[K')
    },
  }
}
