import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'

export type Made = { readonly travellers: number; readonly isWrong: boolean }

/** What the clients know of their records: what they made, sent and were told. The other side of the comparison. */
export type Ledger = {
  readonly made: ReadonlyMap<string, Made>
  /** By id, the time of recording that the server told. */
  readonly acknowledged: ReadonlyMap<string, string>
  /** Ids for which two answers told two different times of recording. */
  readonly contradicted: ReadonlySet<string>
  readonly refused: ReadonlyMap<string, string>
  readonly noteMade: (command: RecordScreening, isWrong: boolean) => void
  readonly noteSent: (ids: Iterable<string>) => void
  readonly noteAccepted: (id: string, recordedAt: string, isDuplicate: boolean) => void
  readonly noteRefused: (id: string, code: string) => void
  readonly figures: () => {
    readonly commands: number
    readonly sends: number
    /** Sends of a command that had been sent before. */
    readonly retries: number
    readonly duplicatesAnswered: number
    /** Of these, the commands whose first answer was that duplicate: committed, and cut off before anybody was told. */
    readonly committedUntold: number
    /** The longest time in which nothing new was acknowledged to anybody. */
    readonly longestWriteGapMs: number
  }
}

export const createLedger = (nowMs: () => number): Ledger => {
  const made = new Map<string, Made>()
  const sentIds = new Set<string>()
  const acknowledged = new Map<string, string>()
  const contradicted = new Set<string>()
  const refused = new Map<string, string>()
  let sends = 0
  let retries = 0
  let duplicatesAnswered = 0
  let committedUntold = 0
  let lastNewAtMs: number | undefined
  let longestWriteGapMs = 0
  return {
    made,
    acknowledged,
    contradicted,
    refused,
    noteMade: (command, isWrong) => {
      made.set(command.id, { travellers: command.travellers.length, isWrong })
    },
    noteSent: (ids) => {
      for (const id of ids) {
        sends += 1
        if (sentIds.has(id)) retries += 1
        sentIds.add(id)
      }
    },
    noteAccepted: (id, recordedAt, isDuplicate) => {
      if (isDuplicate) duplicatesAnswered += 1
      const before = acknowledged.get(id)
      if (before === undefined) {
        if (isDuplicate) committedUntold += 1
        const atMs = nowMs()
        if (lastNewAtMs !== undefined) longestWriteGapMs = Math.max(longestWriteGapMs, atMs - lastNewAtMs)
        lastNewAtMs = atMs
        acknowledged.set(id, recordedAt)
      } else if (before !== recordedAt) contradicted.add(id)
    },
    noteRefused: (id, code) => {
      refused.set(id, code)
    },
    figures: () => ({
      commands: made.size,
      sends,
      retries,
      duplicatesAnswered,
      committedUntold,
      longestWriteGapMs: Math.round(longestWriteGapMs),
    }),
  }
}
