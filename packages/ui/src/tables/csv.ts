/**
 * Signs with which a spreadsheet takes a cell for a formula, also in their full-width forms, and also behind blanks and
 * control characters, which some programs skip (OWASP, "CSV Injection").
 */
const formulaSigns = /^[\s\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n\0]/u
const plainNumber = /^[+-]?\d[\d,]*(\.\d+)?$/

const cell = (text: string): string => {
  const safe = formulaSigns.test(text) && !plainNumber.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * A table as comma-separated values (RFC 4180), exactly the texts given. Cells that a spreadsheet would run as a
 * formula get an apostrophe in front. Starts with a byte order mark, without which Excel misreads Chinese.
 */
export const toCsv = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
