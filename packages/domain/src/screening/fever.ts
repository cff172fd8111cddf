import type { FeverLevel } from '@guankou/contract/responses/response.ts'
import type { TemperatureReading } from '@guankou/contract/screening/record-screening.ts'

/**
 * How much fever the readings of one person show: `suspected` from one reading at or over the threshold,
 * `confirmed` from two. “Measured, under threshold” counts as under.
 * @param readings  in any order   @param thresholdCelsius  of the response, °C
 */
export const feverLevel = (readings: readonly TemperatureReading[], thresholdCelsius: number): FeverLevel => {
  const atOrOver = readings.filter(
    (reading) => reading.temperatureCelsius !== undefined && reading.temperatureCelsius >= thresholdCelsius,
  ).length
  if (atOrOver === 0) return 'none'
  return atOrOver === 1 ? 'suspected' : 'confirmed'
}

/** Whether a first reading calls for a second one that has not been taken. */
export const needsSecondReading = (
  readings: readonly TemperatureReading[],
  thresholdCelsius: number,
): boolean => readings.length === 1 && feverLevel(readings, thresholdCelsius) === 'suspected'
