const leastLetters = 4

/** Whether a reason says something: letters of any script, and not the same one over and over. */
export const isReason = (text: string): boolean => {
  const letters = text.match(/\p{L}/gu) ?? []
  return letters.length >= leastLetters && new Set(letters).size >= Math.min(3, leastLetters)
}
