import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

/** A real Chromium without a screen. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

export type Visit = {
  readonly page: Page
  readonly context: BrowserContext
  /** What went wrong in the page: errors, refused styles and scripts. */
  readonly troubles: readonly string[]
}

/** Opens a page as a person with these preferences would. */
export const visit = async (
  browser: Browser,
  address: string,
  preferences: {
    readonly locale?: 'zh' | 'en'
    readonly theme?: string
    readonly width?: number
    readonly height?: number
  } = {},
): Promise<Visit> => {
  const { locale = 'zh', theme = 'day', width = 1440, height = 900 } = preferences
  const context = await browser.newContext({
    viewport: { width, height },
    acceptDownloads: true,
    reducedMotion: 'reduce',
  })
  await context.addInitScript(
    ([language, look]) => {
      // Kept if the page has changed it since.
      if (localStorage.getItem('guankou.console.locale') !== null) return
      localStorage.setItem('guankou.console.locale', String(language))
      localStorage.setItem('guankou.console.theme', String(look))
    },
    [locale, theme],
  )
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    // Chromium does not say in its text what it could not load.
    if (message.type() === 'error') troubles.push(`${message.text()} ${message.location().url}`.trim())
  })
  await page.goto(address)
  return { page, context, troubles }
}
