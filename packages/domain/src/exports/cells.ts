/**
 * Signs at which spreadsheets take a cell for a formula, also in their full-width forms (OWASP, CSV Injection). Blanks
 * and line breaks before them are skipped by some programs.
 */
const formulaStart = /^[\s\u00a0\u3000]*[=+\-@\t\r＝＋－＠]/u

/**
 * A cell that no spreadsheet runs: an apostrophe goes before whatever could start a formula, and control characters go.
 * @example harmlessCell('=1+1') // "'=1+1"
 */
export const harmlessCell = (text: string): string => {
  const clean = text.replace(/\p{Cc}/gu, ' ')
  return formulaStart.test(text) || formulaStart.test(clean) ? `'${clean}` : clean
}

/** One line of CSV, every cell quoted (RFC 4180). */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`
