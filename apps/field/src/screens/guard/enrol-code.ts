/** The enrolment code in an address (`…#enrol=…`) or in a pasted link, or the text itself. */
export const codeIn = (text: string): string => /enrol=([0-9A-Za-z-]+)/.exec(text)?.[1] ?? text.trim()

export const hasEnrolCode = (): boolean => /[#&]enrol=/.test(window.location.hash)

/** Reads the code of the address once and takes it out of sight and history. */
export const takeCodeFromAddress = (): string => {
  if (!hasEnrolCode()) return ''
  const code = codeIn(window.location.hash)
  window.history.replaceState(null, '', window.location.pathname)
  return code
}
