import type { Handovers } from '@guankou/contract/handovers/endpoints.ts'

/** A quiet city: nobody waits to be handed over. */
export const noHandovers = (nowMs: number): Handovers => ({
  asOf: new Date(nowMs).toISOString(),
  limits: { waitMinutes: 30, roadMinutes: 60 },
  handovers: [],
  open: 0,
  overdue: 0,
})
