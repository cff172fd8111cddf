import type { FastifyInstance } from 'fastify'

/** Where weaknesses are reported: `mailto:`, `https:` or `tel:` addresses, as RFC 9116 §2.5.3 wants them. */
export type SecurityContact = { readonly contacts: readonly string[] }

const path = '/.well-known/security.txt'
const day = 86_400_000
const validDays = 180

/** Whether an address may stand as a contact. @example isContact('mailto:security@city.example') // true */
export const isContact = (text: string): boolean =>
  /^(?:mailto:|tel:|https:\/\/)[\x21-\x7e]+$/.test(text) && URL.canParse(text)

/**
 * The text of RFC 9116. It names when it ends to be valid; asked again later it names a later day, so that it never
 * ends while somebody serves it.
 */
export const securityTxt = ({ contacts }: SecurityContact, nowMs: number, origin: string): string => {
  const expires = new Date((Math.floor(nowMs / day) + validDays) * day).toISOString()
  return [
    ...contacts.map((contact) => `Contact: ${contact}`),
    `Expires: ${expires}`,
    'Preferred-Languages: zh, en',
    `Canonical: ${origin}${path}`,
    '',
  ].join('\r\n')
}

/** Serves the contact, where one is set; without one there is nothing at that address. */
export const registerSecurityTxt = (
  app: FastifyInstance,
  contact: SecurityContact | undefined,
  now: () => number,
): void => {
  if (contact === undefined || contact.contacts.length === 0) return
  app.get(path, { schema: { hide: true } }, (request, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .send(securityTxt(contact, now(), `${request.protocol}://${request.host}`)),
  )
}
