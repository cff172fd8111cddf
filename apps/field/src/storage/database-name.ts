/** The part of a page that says of which installation it is; a live city says nothing. */
export type NamedPage = { readonly querySelector: (selector: string) => { readonly content?: string } | null }

/**
 * Name of the phone's database: that of a drill is another one, also for a page that comes from the phone's own store,
 * so that no record of a drill is ever sent to a live city, nor the other way round.
 */
export const databaseName = (page: NamedPage): string => {
  const installation = page.querySelector('meta[name="guankou-installation"]')?.content ?? ''
  return installation === '' ? 'guankou-field' : `guankou-field-${installation}`
}
