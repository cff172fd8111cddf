const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Stops the server at the first of the signals, then lets the signal end this process as it would have. */
export function stopOnSignals(running: { stop(): Promise<void>; readonly exited: Promise<unknown> }): void {
  const onSignal = (signal: NodeJS.Signals) => {
    void running.stop().finally(() => {
      forget()
      process.kill(process.pid, signal)
    })
  }
  const forget = () => {
    for (const signal of signals) process.off(signal, onSignal)
  }
  for (const signal of signals) process.once(signal, onSignal)
  void running.exited.then(forget)
}
