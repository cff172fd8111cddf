import { createHash, createHmac } from 'node:crypto'
import type { MatchKind } from '@guankou/contract/matching/match-list.ts'
import { digestDigits } from '@guankou/domain/matching/digest-length.ts'
import { groupEntries } from '@guankou/domain/matching/group-entries.ts'
import { digestedText } from '@guankou/domain/matching/matches-of.ts'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { check } from '../../journey/axe.ts'
import { buildApp } from '../../journey/build-app.ts'
import { openBrowser, openPhone, press, startShift } from '../../journey/phone.ts'
import { type StubServer, startStubServer } from '../../journey/stub-server.ts'

const listId = '016fd2d1-42d0-7881-8034-84e6d1c4acd0'
const key = Buffer.alloc(32, 5)

const digestOf = (kind: MatchKind, number: string): string =>
  createHmac('sha256', key).update(digestedText({ kind, number })).digest('hex').slice(0, 32)

/** A list with two plates: one that the server knows, one that agrees by chance. */
const bringList = (server: StubServer): void => {
  const until = new Date(Date.now() + 86_400_000).toISOString()
  const entries = ['粤C12345', '粤C54321'].map((number) => ({
    kind: 'plate' as const,
    reason: 'quarantine-order' as const,
    until,
    digest: digestOf('plate', number),
  }))
  const digits = digestDigits(entries.length)
  server.matching.push({
    id: listId,
    title: { zh: '居家隔离名单', en: 'Home quarantine' },
    digits,
    keyCheck: createHash('sha256').update(key).digest('hex').slice(0, 16),
    groups: groupEntries(entries, digits),
  })
  server.matchKeys.push({ listId, key: key.toString('base64') })
  server.confirmed.set('粤C12345', 'quarantine-order')
}

describe('a match list at the lane', () => {
  let dist: string
  let browser: Browser
  beforeAll(async () => {
    ;[dist, browser] = await Promise.all([buildApp(), openBrowser()])
  }, 300_000)
  afterAll(() => browser.close())

  it('prompts a question without a network and with one, drops what agreed by chance, and stops nothing', async () => {
    const server = await startStubServer(dist)
    bringList(server)
    const { context, page, faults } = await openPhone(browser, { bypassCSP: true })
    await startShift(page, server)
    const notice = page.getByRole('status', { name: '名单提示' })
    const erase = page.getByRole('button', { name: '删除' })
    const next = page.getByRole('button', { name: '下一步' })
    const plate = page.getByRole('button', { name: /^车牌/ })
    const enter = async (digits: string): Promise<void> => {
      await press(page, digits)
      await next.click()
      await page.getByRole('group', { name: '车上几人' }).waitFor()
    }
    const again = async (): Promise<void> => {
      await plate.click()
      for (let n = 0; n < 5; n += 1) await erase.click()
    }
    await enter('12345')
    await notice.filter({ hasText: '已与服务器核对' }).waitFor()
    expect(await notice.textContent()).toContain('请问是否正在隔离期')
    await again()
    await enter('54321')
    await notice.waitFor({ state: 'detached' })
    await again()
    await context.setOffline(true)
    await press(page, '12345')
    await notice.filter({ hasText: '名单提示：居家隔离名单' }).waitFor()
    await check(page, 'a prompt above the keys of a plate')
    await next.click()
    await notice.filter({ hasText: '未能核对' }).waitFor()
    await check(page, 'a prompt of a match list')
    expect(faults).toEqual([])
    await context.close()
    await server.close()
  }, 180_000)
})
