import type { Bilingual } from '@guankou/contract/primitives.ts'

/** One line for each step, so that a start that takes long says where it is. */
export const say = (text: Bilingual): void => {
  process.stdout.write(`  ${text.en} · ${text.zh}\n`)
}

/** A line that is written over while something counts up, on a terminal; silent where nobody watches. */
export const createCounter = (label: Bilingual) => {
  const onTerminal = process.stdout.isTTY
  let last = 0
  return {
    show: (done: number, nowMs: number): void => {
      if (!onTerminal || nowMs - last < 100) return
      last = nowMs
      process.stdout.write(`\r  ${label.en} · ${label.zh} ${done}`)
    },
    end: (): void => {
      if (onTerminal) process.stdout.write('\r\u001b[K')
    },
  }
}

/** A line for each so many, where nobody watches a terminal; a log shows then how far something came. */
export const createLineEvery = (every: number, label: Bilingual) => {
  const counter = createCounter(label)
  return (done: number): void => {
    counter.show(done, performance.now())
    if (!process.stdout.isTTY && done % every === 0)
      process.stdout.write(`  ${done} ${label.en} · ${label.zh}\n`)
  }
}
