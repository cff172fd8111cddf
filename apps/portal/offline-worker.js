/* global cacheName, files */

/** How long a page is waited for where the network is there and does not answer. */
const patienceMs = 4_000

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(files)))
})

self.addEventListener('activate', (event) => {
  const older = (names) => names.filter((name) => name.startsWith('guankou-portal-') && name !== cacheName)
  event.waitUntil(caches.keys().then((names) => Promise.all(older(names).map((name) => caches.delete(name)))))
})

const kept = (path) => caches.open(cacheName).then((cache) => cache.match(path, { ignoreVary: true }))

const tooLate = () =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error('no answer')), patienceMs)
  })

/** A page as the server has it now; the one that was kept where it does not answer. */
const page = async (request) => {
  try {
    const answer = await Promise.race([fetch(request), tooLate()])
    if (answer.status < 500) return answer
    return (await kept('/portal/')) || answer
  } catch (cause) {
    const found = await kept('/portal/')
    if (found === undefined) throw cause
    return found
  }
}

/** What a page is made of carries the digest of what it holds in its name, and never changes. */
const part = async (request, path) => (await kept(path)) || fetch(request)

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (pathname.startsWith('/portal/assets/')) event.respondWith(part(request, pathname))
})
