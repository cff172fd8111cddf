import { type CaptureEngine, createCaptureEngine } from './engine.ts'

/** How long a reader that nobody uses stays in memory; starting it again costs seconds on a small phone. */
const idleMs = 5 * 60_000

let engine: CaptureEngine | undefined
let closing: ReturnType<typeof setTimeout> | undefined

/** The one reader of this page. */
export const takeEngine = (): CaptureEngine => {
  clearTimeout(closing)
  engine ??= createCaptureEngine()
  return engine
}

/** Says that it is not needed for now. */
export const leaveEngine = (): void => {
  clearTimeout(closing)
  closing = setTimeout(() => {
    engine?.close()
    engine = undefined
  }, idleMs)
}
