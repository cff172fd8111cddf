/** How many origins are kept at hand. */
export const recentLimit = 6

/** The origin just chosen comes first; the home of the post is always there. */
export const rememberOrigin = (recent: readonly number[], code: number): readonly number[] =>
  [code, ...recent.filter((each) => each !== code)].slice(0, recentLimit)

/** What the picker offers before anything is typed: home first, then the recent ones. */
export const offeredOrigins = (recent: readonly number[], home: number): readonly number[] => [
  home,
  ...recent.filter((code) => code !== home),
]
