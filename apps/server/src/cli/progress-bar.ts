import type { Bilingual } from '@guankou/contract/primitives.ts'

const width = 28
const everyMs = 100

/**
 * A bar on the terminal for work whose size is known; silent where nobody watches. It goes to standard error, so that
 * what a command prints stays its result.
 * @param unit  how a quantity is written, such as `12 MB`
 */
export const createProgressBar = (label: Bilingual, unit: (quantity: number) => string = String) => {
  const onTerminal = process.stderr.isTTY === true
  const startedAt = performance.now()
  let shownAt = Number.NEGATIVE_INFINITY
  return {
    show: (done: number, total: number): void => {
      const now = performance.now()
      if (!onTerminal || now - shownAt < everyMs) return
      shownAt = now
      const share = total > 0 ? Math.min(1, done / total) : 0
      const filled = Math.round(share * width)
      const seconds = (now - startedAt) / 1_000
      const left = share > 0.02 ? `  ${Math.ceil((seconds / share) * (1 - share))} s` : ''
      process.stderr.write(
        `\r  ${label.en} · ${label.zh} ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${unit(done)} / ${unit(total)}${left}\u001b[K`,
      )
    },
    end: (): void => {
      if (onTerminal) process.stderr.write('\r\u001b[K')
    },
  }
}
