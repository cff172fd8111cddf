/**
 * A plate in the one form that is stored and compared: capital letters, no separators, full-width forms folded.
 * Nothing is guessed: characters that a plate cannot hold stay and are seen.
 * @example normalisePlate('粤c·12 345') // '粤C12345'
 */
export const normalisePlate = (plate: string): string =>
  plate
    .normalize('NFKC')
    .toUpperCase()
    .normalize('NFKC')
    .replace(/[\s·•・.-]/gu, '')
