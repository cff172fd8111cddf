import type { MonitoringAlarms } from '@guankou/contract/monitoring/endpoints.ts'

/** A quiet city: thresholds as they come with the product, and no alarm. */
export const noAlarms = (nowMs: number): MonitoringAlarms => ({
  asOf: new Date(nowMs).toISOString(),
  budget: {
    daysPerFalseAlarm: 2,
    escalateAfterMinutes: 30,
    thresholds: { fever: 6.6, flow: 8.2 },
    simulated: null,
  },
  alarms: [],
  unacknowledged: 0,
  open: 0,
  record: [],
})
