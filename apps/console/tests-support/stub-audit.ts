import { addDays, civilDateOf } from '@guankou/ui/format/time.ts'
import { timeZone } from './stub-city.ts'

const hash = (seed: number): string =>
  (seed * 2_654_435_761).toString(16).padStart(16, '7').repeat(4).slice(0, 64)

/** Ends of three chains, and one verification that found something and was then run anew. */
export const auditChains = (nowMs: number, runs: number) => ({
  chains: [440402, 440403, 440404].map((jurisdiction, index) => ({
    jurisdiction,
    seq: 18_204 + index,
    hash: hash(jurisdiction),
    at: new Date(nowMs - index * 60_000).toISOString(),
    signedDay: index === 2 ? null : addDays(civilDateOf(nowMs, timeZone), -1),
  })),
  verifications: [
    {
      id: `run-${runs}`,
      startedAt: new Date(nowMs - 90_000).toISOString(),
      finishedAt: new Date(nowMs - 30_000).toISOString(),
      failed: false,
      linksTotal: 54_612,
      counts: { links: 54_612, entries: 912_400, heads: 60, findings: runs === 0 ? 2 : 0 },
      findings:
        runs === 0
          ? [
              { kind: 'entries-changed', jurisdiction: 440402, seq: 812 },
              { kind: 'chain-cut', jurisdiction: 440404, seq: 90, untilSeq: 120, day: '2020-02-10' },
            ]
          : [],
    },
  ],
})

const outcomes = ['new', 'duplicate', 'INVALID_INPUT', 'done']

/** A page of entries; 250 in all. */
export const auditEntries = (nowMs: number, query: URLSearchParams) => {
  const from = Number(query.get('after') ?? 0)
  const matching = query.get('action') === 'nothing.such' ? 0 : 250
  const until = Math.min(matching, from + Number(query.get('limit') ?? 100))
  return {
    entries: Array.from({ length: Math.max(0, until - from) }, (_, index) => ({
      jurisdiction: 440402,
      seq: 18_204 - from - index,
      position: 0,
      at: new Date(nowMs - (from + index) * 7_000).toISOString(),
      account:
        index % 9 === 0
          ? null
          : { id: 'a', login: 'inspector-3', title: { zh: '三号查验员', en: 'Inspector three' } },
      deviceId: null,
      action: index % 3 === 0 ? 'situation.summary' : 'screening.record',
      subject: index % 3 === 0 ? null : `018f0000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      outcome: outcomes[index % 4],
      detail: index % 5 === 0 ? '=2+2 times' : null,
    })),
    next: until < matching ? String(until) : null,
  }
}

export const auditHeads = (nowMs: number) => ({
  publicKey: hash(1),
  heads: [3, 2, 1].flatMap((back) =>
    [440402, 440403].map((jurisdiction) => ({
      jurisdiction,
      day: addDays(civilDateOf(nowMs, timeZone), -back),
      seq: 18_000 - back * 400,
      hash: hash(jurisdiction + back),
      entries: 900_000 - back * 20_000,
      previous: hash(jurisdiction + back + 1),
      closedAt: new Date(nowMs - back * 86_400_000).toISOString(),
      publicKey: hash(1),
      signature: hash(jurisdiction).repeat(2),
    })),
  ),
  next: null,
})
