import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { drillMark } from '@guankou/contract/modes.ts'
import type { FastifyInstance } from 'fastify'
import type { Drill } from '#src/drill/drill-clock.ts'
import { folderOf, fronts, isPage } from '#src/http/fronts.ts'

/** Where a page asks how the clock of the drill goes. */
const clockPath = '/drill/clock.json'

const mark = `${drillMark.zh} ${drillMark.en}`

/** Stripes around the window, a tab at its top, and the word across the page, on paper as well. */
const style = `
.drill-mark{position:fixed;inset:0;z-index:2147483647;pointer-events:none;border:6px solid #b3001b;
border-image:repeating-linear-gradient(-45deg,#b3001b 0 12px,#ffd21f 12px 24px) 6;
font:700 12px/15px system-ui,sans-serif;color:#fff;text-align:center;
-webkit-print-color-adjust:exact;print-color-adjust:exact}
.drill-mark b{position:relative;top:-6px;display:inline-block;padding:0 12px 1px;vertical-align:top;background:#b3001b;border-radius:0 0 8px 8px}
.drill-mark i{position:absolute;inset:0;display:flex;align-items:center;justify-content:center;
font:700 min(17vw,200px)/1 system-ui,sans-serif;color:#b3001b;opacity:.09;transform:rotate(-24deg);white-space:nowrap}
@media print{.drill-mark i{opacity:.16}}
`

/**
 * Keeps the word in the title, whatever a front writes there, and lets the page live in the time of the drill: a phone
 * that stamped its records with the real day would have every one refused. The law of the clock is kept for when the
 * page comes from the phone's own store, and asked for anew each time there is a network.
 */
const scriptOf = ({ clock }: Drill): string => `
(()=>{const mark=${JSON.stringify(`${mark} · `)},kept='guankou-drill-clock',Real=Date;
let law=${JSON.stringify(clock)};
try{law=JSON.parse(localStorage.getItem(kept))??law}catch{}
const now=()=>Math.round(law.shownFromMs+(Real.now()-law.realFromMs)*law.speed);
globalThis.Date=new Proxy(Real,{construct:(to,given,made)=>Reflect.construct(to,given.length?given:[now()],made),
apply:()=>new Real(now()).toString(),get:(of,name,self)=>name==='now'?now:Reflect.get(of,name,self)});
fetch(${JSON.stringify(clockPath)}).then((answer)=>answer.json()).then((told)=>{law=told;
localStorage.setItem(kept,JSON.stringify(told))}).catch(()=>undefined);
const keep=()=>{if(!document.title.startsWith(mark))document.title=mark+document.title};
new MutationObserver(keep).observe(document.head,{childList:true,subtree:true,characterData:true});keep()})()
`

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="12" fill="#b3001b"/><text x="32" y="45" font-family="sans-serif" font-size="38" font-weight="700" text-anchor="middle" fill="#fff">演</text></svg>`

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Sources that a content security policy names for the marks; they are inside the page, so that it has them offline. */
export const drillSources = (drill: Drill): { readonly style: string; readonly script: string } => ({
  style: hashOf(style),
  script: hashOf(scriptOf(drill)),
})

/** A page of a front with the marks in it; its id is what the field app keeps its data apart by. */
export const markPage = (html: string, drill: Drill): string =>
  html
    .replace('<html', '<html data-mode="drill"')
    .replace('<title>', `<title>${mark} · `)
    .replace(
      '<head>',
      () =>
        `<head><meta charset="utf-8" /><meta name="guankou-installation" content="drill-${drill.id}"><style>${style}</style><script>${scriptOf(drill)}</script>`,
    )
    .replace(
      '<body>',
      `<body><div class="drill-mark" role="note"><b>${mark}</b><i aria-hidden="true">${mark}</i></div>`,
    )

/** The name that a phone shows of an installed front. */
export const markManifest = (text: string): string => {
  const manifest = JSON.parse(text) as { name: string; short_name: string }
  const named = { name: `${mark} ${manifest.name}`, short_name: `${drillMark.zh} ${manifest.short_name}` }
  return JSON.stringify({ ...manifest, ...named, theme_color: '#b3001b' })
}

/** A cookie of ours, with the prefix that it has behind TLS. */
const ownCookie = /^(__Host-)?guankou_/
const drillCookie = /^(__Host-)?guankou_drill_/

/** Under a name of its own, and until the browser closes: the day on which the drill lets it end may be long past. */
const apart = (cookie: string): string => {
  const renamed = cookie.replace(ownCookie, '$1guankou_drill_')
  return /^[^=]+=;/.test(renamed) ? renamed : renamed.replace(/; Expires=[^;]*/i, '')
}

/** Cookies know no ports: without a name of their own, signing in to the drill would end the session of the live city. */
const keepCookiesApart = (app: FastifyInstance): void => {
  app.addHook('onRequest', async (request) => {
    const own = Object.entries(request.cookies).filter(([name]) => drillCookie.test(name))
    request.cookies = Object.fromEntries(
      own.map(([name, value]) => [name.replace(drillCookie, '$1guankou_'), value]),
    )
  })
  app.addHook('onSend', async (_, reply, payload) => {
    const set = reply.getHeader('set-cookie')
    if (set !== undefined) {
      reply.removeHeader('set-cookie')
      for (const cookie of [set].flat()) reply.header('set-cookie', apart(String(cookie)))
    }
    return payload
  })
}

/**
 * Marks every page of every front, its title, its icon and its name on a phone's screen, and keeps sessions apart. It is
 * done here and not in the fronts, so that no page can be without. Register it before the fronts.
 */
export const registerDrillMarks = (app: FastifyInstance, drill: Drill): void => {
  keepCookiesApart(app)
  app.get(clockPath, { schema: { hide: true } }, (_, reply) =>
    reply.header('cache-control', 'no-store').send(drill.clock),
  )
  const built = fronts.filter((front) => existsSync(`${folderOf(front)}index.html`))
  const read = (front: string, file: string): string => readFileSync(`${folderOf(front)}${file}`, 'utf8')
  const pages = new Map(built.map((front) => [front, markPage(read(front, 'index.html'), drill)]))
  app.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return
    const path = request.url.split('?')[0] ?? '/'
    const front = built.find((name) => path.startsWith(`/${name}/`))
    if (front === undefined) return
    const send = (type: string, text: string) =>
      reply.header('cache-control', 'no-cache').type(`${type}; charset=utf-8`).send(text)
    if (isPage(path) || path.endsWith('/index.html')) return send('text/html', pages.get(front) ?? '')
    if (path.endsWith('/icon.svg')) return send('image/svg+xml', icon)
    if (path.endsWith('/manifest.webmanifest'))
      return send('application/manifest+json', markManifest(read(front, 'manifest.webmanifest')))
  })
}
