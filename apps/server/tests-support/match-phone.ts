import { createHmac } from 'node:crypto'
import { fetchPackHead, type PackContent } from '@guankou/contract/sync/pack.ts'
import { matchesOf, type Shown } from '@guankou/domain/matching/matches-of.ts'
import type { TestServer, TestSession } from './test-server.ts'

/** Compares as a phone does: with what head and content of its pack give, and nothing else. */
export const matchPhone = (server: () => TestServer) => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(server().address + path, { headers })
  const headOf = async (session: TestSession) => {
    const answer = await session.client.call(fetchPackHead, {})
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value
  }
  const contentOf = async ({ area, version }: { area: number; version: string }): Promise<string> => {
    const answer = await get(`/api/sync/pack-content?division=${area}&version=${version}`)
    if (answer.status !== 200) throw new Error(await answer.text())
    return answer.text()
  }
  const compare = async (session: TestSession, shown: Shown) => {
    const head = await headOf(session)
    const content = JSON.parse(await contentOf(head)) as PackContent
    const keys = new Map(head.matchKeys.map(({ listId, key }) => [listId, Buffer.from(key, 'base64')]))
    return matchesOf(
      content,
      shown,
      async ({ id }, text) => {
        const key = keys.get(id)
        return key === undefined ? undefined : createHmac('sha256', key).update(text).digest('hex')
      },
      server().clock.now,
    )
  }
  return { get, headOf, contentOf, compare }
}
