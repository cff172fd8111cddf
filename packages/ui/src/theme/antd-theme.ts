import { theme as antd, type ThemeConfig } from 'antd'
import type { Tokens } from '#src/theme/parse-tokens.ts'
import type { ThemeName } from '#src/theme/theme.ts'

/** The class under which antd's variables stand; the same where the style sheet is made and where it is used. */
export const antdVariableKey = 'css-var-root'

/** Measures that do not change with the colours. */
export const antdMeasures = {
  fontFamily: 'var(--font)',
  fontSize: 13,
  borderRadius: 8,
  controlHeight: 30,
  wireframe: false,
} as const

/**
 * What antd must know to look like the rest, for one theme.
 * Used when the style sheet is made (see the console's `build/antd-css.ts`), never in the browser: the page then lives
 * under `style-src 'self'` and changes theme without running any script for it.
 */
export const antdThemeOf = (name: ThemeName, tokens: Tokens): ThemeConfig => ({
  hashed: false,
  cssVar: { key: antdVariableKey },
  algorithm: name === 'night' ? antd.darkAlgorithm : antd.defaultAlgorithm,
  token: {
    ...antdMeasures,
    colorPrimary: tokens.jade,
    colorInfo: tokens.indigo,
    colorSuccess: tokens.jade,
    colorWarning: tokens.amber,
    colorError: tokens.vermilion,
    colorLink: tokens.jade,
    colorText: tokens.ink,
    colorTextSecondary: tokens['ink-2'],
    colorTextTertiary: tokens['ink-3'],
    colorTextDescription: tokens['ink-3'],
    colorTextPlaceholder: tokens['ink-3'],
    colorTextHeading: tokens.ink,
    colorBorder: tokens.line,
    colorBorderSecondary: tokens.line,
    colorSplit: tokens.line,
    colorBgLayout: tokens.paper,
    colorBgContainer: tokens.card,
    colorBgElevated: tokens.card,
    colorTextLightSolid: tokens['on-strong'],
  },
  components: {
    Table: {
      headerBg: tokens.card,
      headerColor: tokens['ink-3'],
      headerSplitColor: 'transparent',
      headerSortActiveBg: tokens.card,
      headerSortHoverBg: tokens.paper,
      bodySortBg: tokens.card,
      rowHoverBg: tokens.paper,
      cellPaddingBlockSM: 5,
      cellPaddingInlineSM: 6,
    },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Segmented: {
      trackBg: name === 'sunlight' ? tokens.sea : tokens.paper,
      itemSelectedBg: tokens.card,
      itemColor: tokens['ink-2'],
    },
    Tooltip: { colorBgSpotlight: tokens.ink, colorTextLightSolid: tokens.card },
  },
})
