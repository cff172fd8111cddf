/** What a person may choose; `auto` follows the system between day and night. */
export const themeChoices = ['auto', 'day', 'night', 'sunlight'] as const
export type ThemeChoice = (typeof themeChoices)[number]

/** The themes that `tokens.css` draws. */
export const themeNames = ['day', 'night', 'sunlight'] as const
export type ThemeName = (typeof themeNames)[number]

export const isThemeChoice = (value: unknown): value is ThemeChoice =>
  themeChoices.some((choice) => choice === value)

/** The theme that a choice comes to, given whether the system prefers dark. */
export const themeOf = (choice: ThemeChoice, systemPrefersDark: boolean): ThemeName => {
  if (choice !== 'auto') return choice
  return systemPrefersDark ? 'night' : 'day'
}
