import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { antdThemeOf, antdVariableKey } from '@guankou/ui/theme/antd-theme.ts'
import { parseTokens } from '@guankou/ui/theme/parse-tokens.ts'
import { type ThemeName, themeNames } from '@guankou/ui/theme/theme.ts'
import type { Plugin } from 'vite'

const here = createRequire(import.meta.url)
/** antd's own surroundings, so that all of it runs with one and the same React. */
const besideAntd = createRequire(here.resolve('antd'))

const antd = here('antd') as typeof import('antd')
const React = besideAntd('react') as typeof import('react')
const server = besideAntd('react-dom/server') as typeof import('react-dom/server')
const styles = besideAntd('@ant-design/cssinjs') as typeof import('@ant-design/cssinjs')

type Panel = { readonly _InternalPanelDoNotUseOrYouWillBeFired: React.FunctionComponent }

/** One of each antd component that the console uses: what is not here has no style. */
const specimens = (): React.ReactElement[] => {
  const h = React.createElement
  return [
    h(antd.Button, { key: 'button', type: 'primary' }, 'x'),
    h(antd.Segmented, { key: 'segmented', options: ['x', 'y'] }),
    h(antd.Input, { key: 'input' }),
    h(antd.Alert, { key: 'alert', title: 'x' }),
    h(antd.QRCode, { key: 'qrcode', type: 'svg', value: 'x' }),
    h((antd.Drawer as unknown as Panel)._InternalPanelDoNotUseOrYouWillBeFired, { key: 'drawer' }),
  ]
}

const render = (theme: ReturnType<typeof antdThemeOf>) => {
  const cache = styles.createCache()
  const h = React.createElement
  server.renderToString(h(styles.StyleProvider, { cache }, h(antd.ConfigProvider, { theme }, ...specimens())))
  return cache
}

/** Puts a scope before every selector of flat rules. */
const scoped = (css: string, scope: string): string =>
  scope === ''
    ? css
    : css.replaceAll(
        /(^|\})\s*([^{}@]+)\{/g,
        (_, end: string, selectors: string) =>
          `${end}${selectors
            .split(',')
            .map((one) => `${scope} ${one.trim()}`)
            .join(',')}{`,
      )

const withoutMarks = (css: string): string => css.replaceAll(/\.data-ant-cssinjs-cache-path\{[^}]*\}/g, '')

/** antd's style sheet: rules once, variables once for each of our themes. */
export const antdCss = (): string => {
  const css = readFileSync(here.resolve('@guankou/ui/theme/tokens.css'), 'utf8')
  const tokens = parseTokens(css)
  const variablesOf = (name: ThemeName): string => {
    const cache = render(antdThemeOf(name, tokens[name]))
    const variables = withoutMarks(styles.extractStyle(cache, { plain: true, types: ['token', 'cssVar'] }))
    if (!variables.includes(`.${antdVariableKey}`)) throw new Error(`antd gave no variables for ${name}`)
    return scoped(variables, name === 'day' ? '' : `[data-theme="${name}"]`)
  }
  const rules = styles.extractStyle(render(antdThemeOf('day', tokens.day)), { plain: true, types: 'style' })
  return withoutMarks(rules) + themeNames.map(variablesOf).join('')
}

/**
 * Fills `src/antd.css` while it is bundled. antd would otherwise write style elements in the browser, which a page
 * under `style-src 'self'` must not.
 */
export const antdCssPlugin = (): Plugin => ({
  name: 'guankou-antd-css',
  enforce: 'pre',
  transform: (_code, id) =>
    id.split('?')[0]?.endsWith('/src/antd.css') ? { code: antdCss(), map: null } : null,
})
