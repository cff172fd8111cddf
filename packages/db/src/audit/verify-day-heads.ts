import type { AuditDayHead } from '@guankou/contract/audit/day-head.ts'
import { addDays, isCivilDate } from '@guankou/domain/places/calendar.ts'
import type { AuditHead } from '#src/audit/chain.ts'
import { dayHeadDigest, isSignedByItsKey, noDayHead } from '#src/audit/day-head.ts'
import type { FindingOf } from '#src/audit/verify-links.ts'
import type { StoredLink } from '#src/queries/audit/read-chain.ts'

type Report = (finding: FindingOf) => void

/** Digests of the heads that a key of ours stands behind. */
export type AuthenticHeads = ReadonlySet<string>

/**
 * Which heads are ours: those signed with a trusted key, and those that such a head binds, one by one. A head from before a
 * change of keys is therefore believed as long as a newer one follows from it.
 * @param heads  of one chain
 */
export const findAuthentic = (
  heads: readonly AuditDayHead[],
  trustedKeys: ReadonlySet<string>,
): AuthenticHeads => {
  const authentic = new Set<string>()
  let bound: string | undefined
  for (const head of heads.toSorted((a, b) => (a.day < b.day ? 1 : -1))) {
    const digest = dayHeadDigest(head)
    const isOurs = (trustedKeys.has(head.publicKey) || bound === digest) && isSignedByItsKey(head)
    if (isOurs) authentic.add(digest)
    bound = isOurs ? head.previous : undefined
  }
  return authentic
}

const isAuthentic = (head: AuditDayHead, authentic: AuthenticHeads): boolean =>
  authentic.has(dayHeadDigest(head))

const reportSignature = (head: AuditDayHead, authentic: AuthenticHeads, report: Report): void => {
  if (!isSignedByItsKey(head)) report({ kind: 'head-signature', day: head.day, seq: head.seq })
  else if (!isAuthentic(head, authentic)) report({ kind: 'head-key', day: head.day, seq: head.seq })
}

/** The day after, also where somebody wrote `infinity`. */
const dayAfter = (day: string): string => (isCivilDate(day) ? addDays(day, 1) : day)

/**
 * Checks signed heads of one chain among themselves: signatures, keys, and that each binds the one before.
 * @param heads  by day   @param isFromStart  whether the first of them is the first of the chain
 */
export const verifyHeadRow = (
  heads: readonly AuditDayHead[],
  { authentic, isFromStart }: { readonly authentic: AuthenticHeads; readonly isFromStart: boolean },
  report: Report,
): void => {
  for (const [index, head] of heads.entries()) {
    reportSignature(head, authentic, report)
    const before = heads[index - 1]
    if (before === undefined) {
      if (isFromStart && head.previous !== noDayHead) report({ kind: 'head-unchained', day: head.day })
    } else if (head.day !== dayAfter(before.day)) {
      report({ kind: 'head-day-missing', day: dayAfter(before.day) })
    } else if (head.previous !== dayHeadDigest(before)) report({ kind: 'head-unchained', day: head.day })
  }
}

/** Checks heads that were published against those kept: what was published once must be there still. */
export const verifyPublished = (
  published: readonly AuditDayHead[],
  kept: readonly AuditDayHead[],
  authentic: AuthenticHeads,
  report: Report,
): void => {
  const byDay = new Map(kept.map((head) => [head.day, head]))
  const tell: Report = (finding) => report({ ...finding, published: true })
  for (const head of published) {
    reportSignature(head, authentic, tell)
    if (!isAuthentic(head, authentic)) continue
    const own = byDay.get(head.day)
    if (own === undefined) tell({ kind: 'head-removed', day: head.day, seq: head.seq })
    else if (dayHeadDigest(own) !== dayHeadDigest(head))
      tell({ kind: 'head-changed', day: head.day, seq: head.seq })
  }
}

export type HeadWatch = {
  readonly onLink: (link: StoredLink, entriesSoFar: number) => void
  /** To be called with the end of what was read. */
  readonly finish: (end: AuditHead) => void
}

type WatchStart = AuditHead & {
  /** Entries of the chain up to and with the link before the first one read. */
  readonly entries: number
}

/**
 * Follows a chain and compares it with its heads as it passes them. Only heads that the key stands behind are compared; the
 * others have been told of already.
 * @param heads  of the database, or published ones
 */
export const watchHeads = (
  heads: readonly AuditDayHead[],
  start: WatchStart,
  authentic: AuthenticHeads,
  report: Report,
): HeadWatch => {
  const waiting = heads
    .filter((head) => isAuthentic(head, authentic) && head.seq >= start.seq)
    .toSorted((a, b) => a.seq - b.seq || (a.day < b.day ? -1 : 1))
  let [next, goodSeq, isRewritten] = [0, start.seq, false]
  const compare = (head: AuditDayHead, found: { seq: number; hash: Buffer; entries: number }): void => {
    if (found.seq !== head.seq || found.hash.toString('hex') !== head.hash) {
      if (!isRewritten)
        report({ kind: 'chain-rewritten', seq: goodSeq + 1, untilSeq: head.seq, day: head.day })
      isRewritten = true
      return
    }
    goodSeq = head.seq
    if (found.entries !== head.entries) report({ kind: 'head-entries', seq: head.seq, day: head.day })
  }
  const pass = (found: { seq: number; hash: Buffer; entries: number }): void => {
    for (let head = waiting[next]; head !== undefined && head.seq <= found.seq; head = waiting[next]) {
      compare(head, found)
      next += 1
    }
  }
  pass(start)
  return {
    onLink: ({ seq, hash }, entriesSoFar) => pass({ seq, hash, entries: start.entries + entriesSoFar }),
    finish: (end) => {
      const last = waiting.at(-1)
      if (next < waiting.length && last !== undefined)
        report({ kind: 'chain-cut', seq: end.seq + 1, untilSeq: last.seq, day: last.day })
    },
  }
}

/**
 * Compares heads with what the chain itself tells of them: each was announced by an entry with its digest.
 * @param announced  digest by day   @param end  last link of the chain
 */
export const verifyAnnounced = (
  heads: readonly AuditDayHead[],
  announced: ReadonlyMap<string, string>,
  end: AuditHead,
  report: Report,
): void => {
  const byDay = new Map(heads.map((head) => [head.day, head]))
  for (const [day, digest] of announced) {
    const head = byDay.get(day)
    if (head === undefined) report({ kind: 'head-removed', day })
    else if (dayHeadDigest(head) !== digest) report({ kind: 'head-changed', day })
  }
  for (const { day, seq } of heads)
    if (!announced.has(day))
      report(seq < end.seq ? { kind: 'head-inserted', day } : { kind: 'chain-cut', seq: seq + 1, day })
}
