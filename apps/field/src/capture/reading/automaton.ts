/** Texts that may be, as a deterministic automaton over single characters. */
export type Automaton<State> = {
  readonly start: State
  /** What may stand next, and where it leads. */
  readonly next: (state: State) => ReadonlyMap<string, State>
  /** Where a text may end: how usual it is, as a logarithm; `undefined` where it may not. */
  readonly endWeight: (state: State) => number | undefined
}

/** Texts of one length: for each place the characters that may stand there. */
export type Template = { readonly places: readonly string[]; readonly weight: number }

export type TemplateState = { readonly key: string; readonly open: readonly (readonly [number, number])[] }

const stateOf = (open: readonly (readonly [number, number])[]): TemplateState => ({
  key: open.map(([template, place]) => `${template}.${place}`).join(' '),
  open,
})

/**
 * The union of templates, made state by state as it is walked: each state is the set of templates that fit so far.
 * @example templateAutomaton([{ places: ['AB', '12'], weight: 0 }]) accepts A1, A2, B1 and B2
 */
export const templateAutomaton = (templates: readonly Template[]): Automaton<TemplateState> => {
  const known = new Map<string, ReadonlyMap<string, TemplateState>>()
  const leave = ({ open }: TemplateState): ReadonlyMap<string, TemplateState> => {
    const ways = new Map<string, (readonly [number, number])[]>()
    for (const [at, place] of open)
      for (const symbol of templates[at]?.places[place] ?? '') {
        const way = ways.get(symbol)
        if (way === undefined) ways.set(symbol, [[at, place + 1]])
        else way.push([at, place + 1])
      }
    return new Map([...ways].map(([symbol, way]) => [symbol, stateOf(way)]))
  }
  return {
    start: stateOf(templates.map((_, at) => [at, 0] as const)),
    next: (state) => {
      const before = known.get(state.key)
      if (before !== undefined) return before
      const ways = leave(state)
      known.set(state.key, ways)
      return ways
    },
    endWeight: ({ open }) => {
      const ended = open.flatMap(([at, place]) => {
        const template = templates[at]
        return template !== undefined && place === template.places.length ? [template.weight] : []
      })
      return ended.length === 0 ? undefined : Math.max(...ended)
    },
  }
}

/** Whether an automaton takes a text. */
export const accepts = <State>(automaton: Automaton<State>, text: string): boolean => {
  let state: State | undefined = automaton.start
  for (const symbol of text) {
    state = automaton.next(state).get(symbol)
    if (state === undefined) return false
  }
  return automaton.endWeight(state) !== undefined
}
