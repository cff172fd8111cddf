/**
 * Text from outside as a database, a page and a terminal can hold it: control characters and halves of surrogate pairs
 * become U+FFFD. For what is kept of a refused input, which may be anything.
 */
export const printableText = (text: string): string => text.toWellFormed().replace(/\p{Cc}/gu, '\ufffd')
