/** A second tap of a gloved thumb says nothing new within this time. */
const sameTapMs = 1_500

/**
 * Does each thing once however often it is tapped.
 * @returns a function of what is said by the tap and what is to be done; a second tap gets what the first one made
 */
export const oncePerTap = <Made>(): ((said: string, make: () => Made) => Made) => {
  let last: { readonly said: string; readonly atMs: number; readonly made: Made } | undefined
  return (said, make) => {
    const atMs = Date.now()
    if (last?.said === said && atMs - last.atMs < sameTapMs) return last.made
    const made = make()
    last = { said, atMs, made }
    return made
  }
}
