import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import type { Drill } from '#src/drill/drill-clock.ts'
import { drillSources } from '#src/http/drill-marks.ts'

const yearSeconds = 31_536_000

/** What pages may use of a device: passkeys, the camera, which reads codes, plates and documents, and thermometers; nothing else. */
const permissions = [
  'bluetooth=(self)',
  'camera=(self)',
  'publickey-credentials-create=(self)',
  'publickey-credentials-get=(self)',
  'clipboard-write=(self)',
  'fullscreen=(self)',
  ...[
    'accelerometer',
    'autoplay',
    'browsing-topics',
    'display-capture',
    'encrypted-media',
    'geolocation',
    'gyroscope',
    'hid',
    'idle-detection',
    'local-fonts',
    'magnetometer',
    'microphone',
    'midi',
    'payment',
    'picture-in-picture',
    'screen-wake-lock',
    'serial',
    'usb',
    'xr-spatial-tracking',
  ].map((feature) => `${feature}=()`),
].join(', ')

/** A drill writes into each page a style and a script, which are let run by their hashes. */
const sourcesOf = (drill: Drill | null) => {
  const marks = drill === null ? undefined : drillSources(drill)
  return {
    script: ["'self'", ...(marks === undefined ? [] : [marks.script])],
    style: ["'self'", ...(marks === undefined ? [] : [marks.style])],
  }
}

/**
 * Sets the headers with which browsers keep pages apart from other sites and from scripts that are not ours. Every
 * answer says that it is what its type says, under what protection the site stands, and, of the interface, that it is
 * not to be kept.
 */
export const registerSecurityHeaders = async (app: FastifyInstance, drill: Drill | null): Promise<void> => {
  const { script, style } = sourcesOf(drill)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
    if (request.protocol === 'https')
      reply.header('strict-transport-security', `max-age=${yearSeconds}; includeSubDomains`)
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    else reply.header('permissions-policy', permissions)
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: script,
        scriptSrcAttr: ["'none'"],
        styleSrc: style,
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        frameSrc: ["'none'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    // Set above, and only where the browser came by TLS.
    strictTransportSecurity: false,
  })
}
