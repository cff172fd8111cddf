import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Fault = { readonly rule: string; readonly nodes: readonly string[] }

const seriousFaults = async (page: Page): Promise<readonly Fault[]> => {
  await page.evaluate(axeSource)
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  )
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ rule: id, nodes: nodes.map((node) => node.html.slice(0, 160)) }))
}

/** Buttons, links and fields lower or narrower than they must be, measured as they are drawn. */
const smallTargets = (page: Page, leastPx: number): Promise<readonly string[]> =>
  page.evaluate(
    (least) =>
      [
        ...document.querySelectorAll<HTMLElement>(
          'main button, main a, main input:not([type]), main input[type=search]',
        ),
      ]
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.height > 0 && (box.height < least - 0.5 || box.width < 44))
        .map(({ element, box }) => `${element.textContent} ${box.width}×${box.height}`),
    leastPx,
  )

const sideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)

/** Buttons and links that stand beyond the edge of the screen: nothing in the app scrolls sideways to them. */
const beyondTheEdge = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a')]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height > 1)
      .filter(({ box }) => box.right > document.documentElement.clientWidth + 1 || box.left < -1)
      .map(({ element, box }) => `${element.ariaLabel ?? element.textContent} ${box.left}–${box.right}`),
  )

/** A folder where a picture of every screen that is checked is kept, for somebody to look at. */
const pictures = process.env.KEEP_SCREENSHOTS

/** No serious finding of axe-core, no target too small for a glove, nothing that scrolls sideways. */
export const check = async (page: Page, screen: string, leastPx = 48): Promise<void> => {
  // Fonts and the theme have settled once two frames were drawn.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  if (pictures !== undefined)
    await page.screenshot({ path: join(pictures, `field ${screen}.png`.replaceAll(/[\s/]+/g, '-')) })
  expect(await seriousFaults(page), screen).toEqual([])
  expect(await smallTargets(page, leastPx), `${screen}: small targets`).toEqual([])
  expect(await sideways(page), `${screen}: scrolls sideways`).toBe(false)
  expect(await beyondTheEdge(page), `${screen}: beyond the edge`).toEqual([])
}
