import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningSystem, startRunningSystem } from './running-system.ts'

/**
 * An administrator of a real city: in by a link, a passkey and an authenticator set up, out, and in again each way; an
 * account made and used; a session ended from elsewhere.
 */
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const pictures = process.env.GUANKOU_PICTURES

let system: RunningSystem
let browser: Browser
const troubles: string[] = []

beforeAll(async () => {
  ;[system, browser] = await Promise.all([
    startRunningSystem({
      signInSettings: { secondFactorRoles: ['administrator'], recentFactor: true },
    }),
    chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
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
    }),
  ])
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await system?.stop()
}, 240_000)

const open = async (width = 1440, height = 900): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' })
  await context.addInitScript(() => localStorage.setItem('guankou.console.locale', 'zh'))
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('the server responded with a status of 4'))
      troubles.push(message.text())
  })
  return page
}

/** An authenticator built into the machine, which verifies its user each time. */
const addAuthenticator = async (context: BrowserContext, page: Page): Promise<void> => {
  const debuggerLine = await context.newCDPSession(page)
  await debuggerLine.send('WebAuthn.enable')
  await debuggerLine.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

const expectAccessible = async (page: Page): Promise<void> => {
  await page.waitForTimeout(300)
  await page.evaluate(await readFile(axePath, 'utf8'))
  const found = await page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`)
  expect(found).toEqual([])
  expect(
    await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'),
  ).toBe(true)
}

const picture = async (page: Page, name: string): Promise<void> => {
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}

const linkFor = async (login: string): Promise<string> => {
  const link = await system.ask(
    'sign-in-link',
    '--login',
    login,
    '--front',
    'console',
    '--origin',
    system.origin,
  )
  return link.trim()
}

const password = 'gate-Keeper-2020'
let desk: Page
let newLink = ''

describe('an administrator', () => {
  it('comes in by a link and must set up a second factor, here a passkey', async () => {
    desk = await open()
    await addAuthenticator(desk.context(), desk)
    await desk.goto(await linkFor('administrator'))
    await desk.getByRole('heading', { name: '设置第二重验证' }).waitFor()
    await expectAccessible(desk)
    await picture(desk, 'finish-sign-in')
    await desk.goto(`${system.origin}/console/accounts`)
    await desk.getByRole('heading', { name: '设置第二重验证' }).waitFor()
    await desk.getByLabel('名称，例如“值班台电脑”').fill('值班台电脑')
    await desk.getByRole('button', { name: '添加通行密钥' }).click()
    await desk.getByRole('button', { name: '继续' }).click()
    await desk.getByRole('heading', { name: '设备' }).waitFor()
  })

  it('sets a password and an authenticator on the own account page, under the strict policy', async () => {
    await desk.goto(`${system.origin}/console/account`)
    await desk.getByLabel('新密码').fill(password)
    await desk.getByRole('button', { name: '设置密码' }).click()
    await desk.getByText('密码已保存').waitFor()
    await desk.getByRole('button', { name: '设置验证器' }).click()
    await desk.getByRole('img', { name: '验证器二维码' }).waitFor()
    expect(await desk.locator('.secret-text').textContent()).toMatch(/^[A-Z2-7]{40,}$/)
    await expectAccessible(desk)
    await picture(desk, 'account')
    await desk.setViewportSize({ width: 360, height: 740 })
    await expectAccessible(desk)
    await picture(desk, 'account-narrow')
    await desk.setViewportSize({ width: 1440, height: 900 })
  })

  it('goes out, and comes in again with the passkey alone', async () => {
    await desk.getByRole('button', { name: '退出', exact: true }).last().click()
    await desk.getByRole('heading', { name: '登录指挥端' }).waitFor()
    await expectAccessible(desk)
    await picture(desk, 'sign-in')
    await desk.getByRole('button', { name: '使用通行密钥' }).click()
    await desk.getByRole('heading', { name: '设备' }).waitFor()
  })

  it('comes in by password and proves the second factor, with the wrong password refused', async () => {
    await desk.getByRole('button', { name: '退出', exact: true }).last().click()
    await desk.getByLabel('登录名').fill('administrator')
    await desk.getByLabel('密码', { exact: true }).fill('wrong-Password-1')
    await desk.getByRole('button', { name: '用密码登录' }).click()
    await desk.getByText('登录名、密码或验证码不正确。').waitFor()
    await desk.getByLabel('密码', { exact: true }).fill(password)
    await desk.getByRole('button', { name: '用密码登录' }).click()
    await desk.getByRole('heading', { name: '第二重验证' }).waitFor()
    await expectAccessible(desk)
    await picture(desk, 'second-factor')
    await desk.getByRole('button', { name: '使用通行密钥' }).click()
    await desk.getByRole('heading', { name: '设备' }).waitFor()
  })

  it('makes an account and hands its link over', async () => {
    await desk.goto(`${system.origin}/console/accounts`)
    await desk.getByRole('row', { name: /commander/ }).waitFor()
    await expectAccessible(desk)
    await picture(desk, 'accounts')
    await desk.getByRole('button', { name: '新建账号' }).click()
    const drawer = desk.getByRole('dialog')
    await drawer.getByLabel('登录名').fill('li-commander')
    await drawer.getByLabel('中文姓名或岗位名').fill('李指挥长')
    await drawer.getByLabel('英文姓名或岗位名').fill('Commander Li')
    await drawer.getByLabel('岗位', { exact: true }).selectOption({ label: '值班指挥长' })
    await expectAccessible(desk)
    await drawer.getByRole('button', { name: '新建账号' }).click()
    newLink = (await drawer.locator('.command code').textContent()) ?? ''
    expect(newLink).toMatch(/\/console\/sign-in#token=[\w-]{43}$/)
  })

  it('sees the new person come in, and ends that session, which is over at once', async () => {
    const other = await open(360, 740)
    await other.goto(newLink)
    await other.getByRole('heading', { level: 1 }).waitFor()
    await other.goto(`${system.origin}/console/account`)
    await other.getByText('li-commander').waitFor()
    await desk.goto(`${system.origin}/console/accounts`)
    await desk.getByRole('button', { name: 'li-commander' }).click()
    const drawer = desk.getByRole('dialog')
    await drawer.getByRole('button', { name: '退出全部登录' }).waitFor()
    await expectAccessible(desk)
    await picture(desk, 'account-drawer')
    await drawer.getByRole('button', { name: '退出全部登录' }).click()
    await drawer.getByText('现在没有登录').waitFor()
    await other.goto(`${system.origin}/console/account`)
    await other.getByRole('heading', { name: '登录指挥端' }).waitFor()
    await expectAccessible(other)
    await picture(other, 'sign-in-narrow')
    await other.context().close()
  })

  it('is asked for a factor before a sensitive act when the last proof is old', async () => {
    await system.db.pool.query("update sessions set factor_at = now() - interval '1 hour'")
    await desk.waitForTimeout(5_500)
    await desk.getByRole('dialog').getByRole('button', { name: '停用' }).click()
    const asked = desk.getByRole('dialog', { name: '请再次验证身份' })
    await asked.getByLabel('密码').fill(password)
    await picture(desk, 'step-up')
    await asked.getByRole('button', { name: '验证', exact: true }).click()
    await desk.getByRole('button', { name: '恢复使用' }).waitFor()
  })

  it('met no error, no refused style and no refused script on the way', () => {
    expect(troubles).toEqual([])
  })
})
