import { type DateOrder, dateOrders } from '@guankou/contract/worklists/vocabulary.ts'
import { isWorklistField } from '@guankou/domain/worklists/guess-columns.ts'
import type { ConfirmedColumn } from '@guankou/domain/worklists/read-row.ts'

/** The column of a mended file in which the row stands that is put right. */
export const rowColumn = '#row'
/** The column of a mended file in which it stands why a row came back. */
export const reasonColumn = '#reason'
/** By its heading it is known again. */
export const rowHeading = '原行号 Row'
export const reasonHeading = '退回原因 Reason'

/** Whether a heading is one that we added. */
export const isOurHeading = (header: string): boolean =>
  header === rowHeading || header.startsWith('退回原因')

const isOrder = (text: string | undefined): text is DateOrder => dateOrders.some((order) => order === text)

/** A column as it is kept: its field, and how its dates are written. @example columnText({ field: 'phone', order: null }) // 'phone' */
export const columnText = ({ field, order }: ConfirmedColumn): string =>
  field === null ? '-' : order === null ? field : `${field}:${order}`

export const columnOfText = (text: string): ConfirmedColumn => {
  const [field = '', order] = text.split(':')
  return { field: isWorklistField(field) ? field : null, order: isOrder(order) ? order : null }
}
