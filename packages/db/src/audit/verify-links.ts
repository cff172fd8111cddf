import type { AuditFinding } from '@guankou/contract/audit/finding.ts'
import { type AuditHead, auditLeafOf, createMerkleSum, linkHash } from '#src/audit/chain.ts'
import type { StoredEntry, StoredLink } from '#src/queries/audit/read-chain.ts'

export type FindingOf<F = AuditFinding> = Omit<F, 'jurisdiction'>

type Report = (finding: FindingOf) => void

/** What the rows of a chain come to, from its first link read to its last. */
export type LinksRead = { readonly links: number; readonly entries: number; readonly end: AuditHead }

export type LinkWatch = {
  /** Called for each link in order with the sum of the entries that the links so far tell of. */
  readonly onLink?: (link: StoredLink, entriesSoFar: number) => void
  readonly onEntry?: (entry: StoredEntry) => void
}

/** Hands out one row after another from pieces. */
const cursorOf = async <Row>(source: AsyncIterable<readonly Row[]>) => {
  const iterator = source[Symbol.asyncIterator]()
  let piece: readonly Row[] = []
  let place = 0
  const refill = async (): Promise<void> => {
    const { done, value } = await iterator.next()
    piece = done === true ? [] : value
    place = 0
  }
  await refill()
  return {
    /** The row at hand; undefined at the end. */
    current: (): Row | undefined => piece[place],
    /** Whether `advance` can be taken at once. */
    hasNext: (): boolean => place + 1 < piece.length,
    step: (): void => {
      place += 1
    },
    refill,
  }
}

type Cursor<Row> = Awaited<ReturnType<typeof cursorOf<Row>>>

/** Waits only where a piece is used up: a wait per row would cost more than the row. */
const advance = <Row>(cursor: Cursor<Row>): Promise<void> | undefined => {
  if (!cursor.hasNext()) return cursor.refill()
  cursor.step()
  return undefined
}

type EntriesOfLink = {
  readonly count: number
  readonly root: Buffer | undefined
  readonly gap: number | undefined
  readonly stray: number | undefined
}

/** Takes the entries of one link from the cursor and adds them up. */
const sumEntries = async (
  cursor: Cursor<StoredEntry>,
  seq: number,
  watch: LinkWatch,
): Promise<EntriesOfLink> => {
  const sum = createMerkleSum()
  let [count, gap, stray]: [number, number | undefined, number | undefined] = [0, undefined, undefined]
  for (let entry = cursor.current(); entry?.seq === seq; entry = cursor.current()) {
    if (entry.position < 0) stray ??= entry.position
    else if (entry.position !== count) gap ??= count
    sum.add(auditLeafOf(entry.fields))
    watch.onEntry?.(entry)
    count += 1
    const waiting = advance(cursor)
    if (waiting !== undefined) await waiting
  }
  return { count, gap, stray, root: count === 0 ? undefined : sum.root() }
}

const checkEntries = (link: StoredLink, found: EntriesOfLink, report: Report): void => {
  const { seq } = link
  if (found.stray !== undefined) report({ kind: 'entry-inserted', seq, position: found.stray })
  else if (found.gap !== undefined) report({ kind: 'entry-missing', seq, position: found.gap })
  else if (found.count < link.entries) report({ kind: 'entry-missing', seq, position: found.count })
  else if (found.count > link.entries) report({ kind: 'entry-inserted', seq, position: link.entries })
  else if (found.root?.equals(link.root) !== true) report({ kind: 'entries-changed', seq })
}

const checkLink = (jurisdiction: number, before: AuditHead, link: StoredLink, report: Report): void => {
  const { seq } = link
  if (seq !== before.seq + 1) {
    if (seq > before.seq + 1)
      report({
        kind: 'link-missing',
        seq: before.seq + 1,
        ...(seq > before.seq + 2 ? { untilSeq: seq - 1 } : {}),
      })
    else report({ kind: 'link-changed', seq })
  } else if (!link.previous.equals(before.hash)) report({ kind: 'link-unchained', seq })
  if (!linkHash(jurisdiction, link).equals(link.hash)) report({ kind: 'link-changed', seq })
}

/** Passes over entries that belong to no link, up to the link `seq`; one finding for each number they carry. */
const passStrays = async (cursor: Cursor<StoredEntry>, seq: number, report: Report): Promise<void> => {
  let last: number | undefined
  for (let entry = cursor.current(); entry !== undefined && entry.seq < seq; entry = cursor.current()) {
    if (entry.seq !== last) report({ kind: 'entries-without-link', seq: entry.seq })
    last = entry.seq
    const waiting = advance(cursor)
    if (waiting !== undefined) await waiting
  }
}

/**
 * Follows one chain link by link: each against its entries, against itself and against the link before. After a finding it
 * goes on from what lies there, so that each break is told once and where it is. Memory does not grow with the chain.
 * @param start  the link before the first one read
 */
export const verifyLinks = async (
  jurisdiction: number,
  start: AuditHead,
  rows: {
    readonly links: AsyncIterable<readonly StoredLink[]>
    readonly entries: AsyncIterable<readonly StoredEntry[]>
  },
  report: Report,
  watch: LinkWatch = {},
): Promise<LinksRead> => {
  const entries = await cursorOf(rows.entries)
  let [end, linkCount, entryCount, toldEntries] = [start, 0, 0, 0]
  for await (const piece of rows.links)
    for (const link of piece) {
      await passStrays(entries, link.seq, report)
      checkLink(jurisdiction, end, link, report)
      const found = await sumEntries(entries, link.seq, watch)
      checkEntries(link, found, report)
      end = { seq: link.seq, hash: link.hash }
      linkCount += 1
      entryCount += found.count
      toldEntries += link.entries
      watch.onLink?.(link, toldEntries)
    }
  await passStrays(entries, Number.POSITIVE_INFINITY, report)
  return { links: linkCount, entries: entryCount, end }
}
