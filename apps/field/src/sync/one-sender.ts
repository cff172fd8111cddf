const lockName = 'guankou-field-upload'
const channelName = 'guankou-field-outbox'

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

/** Tells other pages that the outbox changed, and hears it from them. */
export const outboxChannel = (changed: () => void): { readonly announce: () => void } => {
  const channel = new BroadcastChannel(channelName)
  channel.onmessage = changed
  return { announce: () => channel.postMessage('changed') }
}
