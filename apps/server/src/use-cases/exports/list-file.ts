import type { VisibleMark } from '#src/use-cases/exports/visible-mark.ts'

/** A list on its way into a file: batch by batch, so that memory holds one batch however long it is. */
export type ListFile = {
  readonly title: string
  readonly mark: VisibleMark
  readonly headings: readonly string[]
  /** Widths of the columns, in letters. */
  readonly widths: readonly number[]
  readonly batches: AsyncIterable<readonly (readonly string[])[]>
}
