import type { EntryTime } from '#src/storage/vehicle-store.ts'

export type Pace = { readonly vehicles: number; readonly meanSeconds: number | undefined }

/** Entry times of a shift, in memory: read once when the work is taken up, and counted on from there. */
export type PaceBook = {
  readonly take: (times: readonly EntryTime[]) => void
  readonly forget: (id: string) => void
  /** Vehicles since a time, and the mean of their entry times. */
  readonly paceSince: (sinceMs: number) => Pace
  readonly clear: () => void
}

export const createPaceBook = (): PaceBook => {
  const times = new Map<string, EntryTime>()
  return {
    take: (more) => {
      for (const time of more) times.set(time.id, time)
    },
    forget: (id) => void times.delete(id),
    paceSince(sinceMs) {
      let totalMs = 0
      for (const [id, { madeAtMs, durationMs }] of times) {
        if (madeAtMs < sinceMs) times.delete(id)
        else totalMs += durationMs
      }
      const vehicles = times.size
      return { vehicles, meanSeconds: vehicles === 0 ? undefined : totalMs / vehicles / 1_000 }
    },
    clear: () => times.clear(),
  }
}
