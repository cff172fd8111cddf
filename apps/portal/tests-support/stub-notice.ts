import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import type { PublicNotice } from '@guankou/contract/responses/endpoints.ts'

/** A notice of a made-up city, with one post that is a public fact and one that is not. */
export const notice: PublicNotice = {
  city: { zh: '珠海市', en: 'Zhuhai' },
  demo: true,
  responses: [
    {
      id: 'covid-like-2020',
      name: { zh: '新冠类疫情响应', en: 'COVID-19-like response' },
      collectionFrom: '2020-01-18',
      collectionUntil: '2020-04-30',
      rulesVersion: 14,
      feverThresholdCelsius: 37.3,
      exposureWindowDays: 14,
      symptoms: [
        { zh: '咳嗽', en: 'cough' },
        { zh: '乏力', en: 'fatigue' },
      ],
      rules: [
        {
          id: 'R1',
          disposition: 'referred',
          reason: { zh: '第二次体温仍达到阈值', en: 'the second reading is over the line too' },
        },
        {
          id: 'R2',
          disposition: 'home-quarantine',
          reason: { zh: '到过中风险地区', en: 'was in an area of medium risk' },
        },
      ],
    },
  ],
  posts: [
    {
      id: 1,
      jurisdiction: 440402,
      type: 'airport',
      name: { zh: '金湾机场', en: 'Jinwan Airport' },
      longitude: 113.37,
      latitude: 22.01,
      lanes: 3,
      illustrative: false,
    },
    {
      id: 2,
      jurisdiction: 440402,
      type: 'road-minor',
      name: { zh: '二号路口', en: 'Crossing 2' },
      longitude: 113.5,
      latitude: 22.2,
      lanes: 1,
      illustrative: true,
    },
  ],
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/** What the notice endpoint answers; `down` breaks the connection. */
export type Answers = { current: PublicNotice | 'down' }

/** Serves the built portal, under a policy without anything inline, and a notice. */
export const startStubNotice = async (folder: string, answers: Answers) => {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://stub').pathname
    if (path === '/api/public/notice') {
      if (answers.current === 'down') {
        response.destroy()
        return
      }
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answers.current))
      return
    }
    const inside = normalize(path.slice('/portal'.length))
    const file = extname(inside) === '' ? 'index.html' : inside
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': "default-src 'self'; img-src 'self' data:",
    })
    response.end(await readFile(join(folder, file)))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/portal/`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
