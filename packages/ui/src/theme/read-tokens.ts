import { type TokenName, type Tokens, tokenNames } from '#src/theme/parse-tokens.ts'

/** The colours in force at an element, for what cannot use `var()`: a canvas. */
export const readTokens = (element: Element): Tokens => {
  const style = getComputedStyle(element)
  return Object.fromEntries(
    tokenNames.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  ) as Record<TokenName, string>
}
