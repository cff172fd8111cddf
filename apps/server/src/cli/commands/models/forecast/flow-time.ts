const minuteMs = 60_000

/** How times of a file are written, so that forecasts are written alike. */
export type TimeStyle = {
  /** What stands between date and time of day; empty where only dates are given. */
  readonly separator: '' | 'T' | ' '
  readonly hasSeconds: boolean
  /** `Z`, an offset, or nothing. */
  readonly zone: string
}

/** A time on the clock of the post. */
export type FlowTime = {
  /** Minutes from 1 January 1970, 00:00 of the same clock. */
  readonly minutes: number
  readonly style: TimeStyle
}

const pattern = /^(\d{4}-\d{2}-\d{2})(?:([T ])(\d{2}):(\d{2})(?::(\d{2})(?:\.0+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/**
 * Reads 2020-01-18, 2020-01-18T08:20, with a blank for the T, with seconds of 00, with a zone.
 * @returns null for anything else; the zone is kept and not applied
 */
export const parseFlowTime = (text: string): FlowTime | null => {
  const found = pattern.exec(text)
  if (found === null) return null
  const [, date = '', separator = '', hours = '00', minutes = '00', seconds, zone = ''] = found
  const midnightMs = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(midnightMs) || new Date(midnightMs).toISOString().slice(0, 10) !== date) return null
  if (Number(hours) > 23 || Number(minutes) > 59 || (seconds !== undefined && seconds !== '00')) return null
  return {
    minutes: midnightMs / minuteMs + 60 * Number(hours) + Number(minutes),
    style: {
      separator: separator === 'T' || separator === ' ' ? separator : '',
      hasSeconds: seconds !== undefined,
      zone,
    },
  }
}

/** Writes minutes as the file writes its times; a time of day is never dropped. */
export const writeFlowTime = (minutes: number, { separator, hasSeconds, zone }: TimeStyle): string => {
  const [date = '', time = ''] = new Date(minutes * minuteMs).toISOString().split('T')
  if (separator === '' && minutes % 1440 === 0) return date
  return `${date}${separator === '' ? 'T' : separator}${time.slice(0, hasSeconds ? 8 : 5)}${zone}`
}
