import { StyleProvider } from '@ant-design/cssinjs'
import { ConfigProvider } from 'antd'
import enGB from 'antd/locale/en_GB'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import type { Locale } from '#src/i18n/locale.ts'
import { antdMeasures, antdVariableKey } from '#src/theme/antd-theme.ts'

/**
 * antd registers its variables in style elements while it runs, which `style-src 'self'` refuses. They are made ahead
 * in the style sheet, so the elements go to a place that is in no document.
 */
const nowhere = document.createElement('div')

/** antd with our measures, in the language of the page; colours come from the style sheet by `data-theme`. */
export const AntdTheme = ({
  locale,
  children,
}: {
  readonly locale: Locale
  readonly children: ReactNode
}) => (
  <StyleProvider container={nowhere}>
    <ConfigProvider
      locale={locale === 'zh' ? zhCN : enGB}
      theme={{
        zeroRuntime: true,
        hashed: false,
        cssVar: { key: antdVariableKey },
        token: antdMeasures,
      }}
      button={{ autoInsertSpace: false }}
    >
      {children}
    </ConfigProvider>
  </StyleProvider>
)
