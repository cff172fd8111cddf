/** Resolves on the first Ctrl-C or SIGTERM; a second one ends the process at once. */
export const untilToldToStop = (): Promise<void> =>
  new Promise((resolve) => {
    let told = false
    const tell = (): void => {
      if (told) process.exit(130)
      told = true
      resolve()
    }
    process.on('SIGINT', tell)
    process.on('SIGTERM', tell)
    process.on('SIGHUP', tell)
  })
