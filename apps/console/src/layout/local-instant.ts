import { formatInstant } from '@guankou/ui/format/time.ts'

/** The instant that a local date and time of a zone name. @param text  as `<input type=datetime-local>` gives it */
export const instantOf = (text: string, timeZone: string): string | undefined => {
  const asUtc = Date.parse(`${text}:00Z`)
  if (Number.isNaN(asUtc)) return undefined
  const shown = (ms: number) => Date.parse(`${formatInstant(ms, timeZone).replace(' ', 'T')}Z`)
  const guess = asUtc - (shown(asUtc) - asUtc)
  return new Date(guess - (shown(guess) - asUtc)).toISOString()
}

/** An instant as `<input type=datetime-local>` takes it. @example localText(0, 'UTC') // '1970-01-01T00:00' */
export const localText = (instantMs: number, timeZone: string): string =>
  formatInstant(instantMs, timeZone).slice(0, 16).replace(' ', 'T')
