const lockName = 'guankou-field-upload'
const channelName = 'guankou-field-pages'

/** Starts sending once this page is the only one that does; pages opened beside it wait for it to close. */
export const whenOnlySender = (start: () => Promise<void>): void => {
  if (!('locks' in navigator)) {
    void start()
    return
  }
  void navigator.locks.request(lockName, async () => {
    await start()
    await new Promise(() => undefined)
  })
}

/**
 * What pages of one phone tell each other. The cookie of the session is theirs together: before one page changes it,
 * the others stop sending, so that nothing travels under the next name.
 */
export type PageNews = 'outbox-changed' | 'session-changing' | 'session-changed'

/** Tells other pages, and hears from them. */
export const openPageChannel = (
  hear: (news: PageNews) => void,
): { readonly announce: (news: PageNews) => void } => {
  const channel = new BroadcastChannel(channelName)
  channel.onmessage = (event: MessageEvent<PageNews>) => hear(event.data)
  return { announce: (news) => channel.postMessage(news) }
}
