import { useEffect, useState } from 'react'

/** Has the browser keep this page, where it can; on plain HTTP and in some private windows it cannot. */
const keepPage = async (): Promise<boolean> => {
  const workers = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker
  if (workers === undefined || !import.meta.env.PROD) return false
  try {
    await workers.register(`${import.meta.env.BASE_URL}offline-worker.js`)
    await workers.ready
    return true
  } catch {
    return false
  }
}

/** Whether the page opens without a network from now on. */
export const useOpensOffline = (): boolean => {
  const [opens, setOpens] = useState(false)
  useEffect(() => {
    void keepPage().then(setOpens)
  }, [])
  return opens
}
