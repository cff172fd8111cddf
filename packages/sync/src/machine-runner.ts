/** What one step of a machine comes to: the next state, effects to carry out, and what becomes of its timer. */
export type MachineStep<State, Effect> = {
  readonly next: State
  readonly effects: readonly Effect[]
  /** `keep` leaves the running timer alone; a number of milliseconds replaces it; `none` stops it. */
  readonly timer: number | 'keep' | 'none'
}

export type MachineParts<State, Event, Effect> = {
  readonly fresh: State
  readonly step: (state: State, event: Event) => MachineStep<State, Effect>
  readonly carryOut: (effects: readonly Effect[]) => void
  /** What the machine hears once its timer is over. */
  readonly timerEvent: Event
  /** Calls back once after a delay; returns how to cancel it. */
  readonly setTimer: (delayMs: number, run: () => void) => () => void
}

export type MachineRunner<State, Event> = {
  /** Hears events from now on. */
  readonly switchOn: () => void
  readonly tell: (event: Event) => void
  readonly current: () => State
  readonly subscribe: (listener: () => void) => () => void
  /** Forgets everything in flight, as a crash would. */
  readonly stop: () => void
}

/** Steps a pure machine: keeps its state and its one timer, hands out its effects, tells who listens. */
export const runMachine = <State, Event, Effect>(
  parts: MachineParts<State, Event, Effect>,
): MachineRunner<State, Event> => {
  let state = parts.fresh
  let isOn = false
  let cancelTimer: (() => void) | undefined
  const listeners = new Set<() => void>()
  const restTimer = (timer: MachineStep<State, Effect>['timer']): void => {
    if (timer === 'keep') return
    cancelTimer?.()
    cancelTimer = timer === 'none' ? undefined : parts.setTimer(timer, () => tell(parts.timerEvent))
  }
  const tell = (event: Event): void => {
    if (!isOn) return
    const step = parts.step(state, event)
    state = step.next
    restTimer(step.timer)
    if (step.effects.length > 0) parts.carryOut(step.effects)
    for (const listener of listeners) listener()
  }
  return {
    switchOn() {
      isOn = true
    },
    tell,
    current: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop() {
      isOn = false
      cancelTimer?.()
      cancelTimer = undefined
    },
  }
}
