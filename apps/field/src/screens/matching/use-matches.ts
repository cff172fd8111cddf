import type { PackContent } from '@guankou/contract/sync/pack.ts'
import type { Match, Shown } from '@guankou/domain/matching/matches-of.ts'
import { useEffect, useState } from 'react'
import { useField } from '#src/runtime/field-context.ts'
import type { FieldRuntime } from '#src/runtime/field-runtime.ts'

/** What is compared: a plate, or the document of whoever sits somewhere. */
export type Compared = Shown & { readonly seat: number | undefined }

export type Prompt = {
  readonly compared: Compared
  readonly match: Match
  readonly state: 'asking' | 'confirmed' | 'unconfirmed'
}

/** Whoever types is not done with every key. */
const restMs = 250

const findPrompts = async (
  { matches: book }: FieldRuntime,
  content: PackContent,
  compared: readonly Compared[],
): Promise<Prompt[]> => {
  const found = await Promise.all(
    compared.map(async (each) => {
      const matches = await book.find(content, each)
      return matches.map((match): Prompt => ({ compared: each, match, state: 'asking' }))
    }),
  )
  return found.flat()
}

/** Has the server compare whole digests; one that agreed by chance is dropped. */
const confirm = async (runtime: FieldRuntime, prompt: Prompt): Promise<Prompt | undefined> => {
  const state = await runtime.matches.confirm(prompt.match, prompt.compared)
  return state === 'not-listed' ? undefined : { ...prompt, state }
}

/** Prompts of match lists for what is being entered. */
export const useMatches = (content: PackContent, compared: readonly Compared[]): readonly Prompt[] => {
  const { runtime } = useField()
  const [prompts, setPrompts] = useState<readonly Prompt[]>([])
  const key = JSON.stringify(compared)
  useEffect(() => {
    const asked = JSON.parse(key) as Compared[]
    let isCurrent = true
    const show = (next: readonly Prompt[]): void => {
      if (isCurrent) setPrompts((before) => (before.length === 0 && next.length === 0 ? before : next))
    }
    if ((content.matching ?? []).length === 0 || asked.length === 0) {
      show([])
      return
    }
    const look = async (): Promise<void> => {
      const found = await findPrompts(runtime, content, asked)
      show(found)
      const confirmed = await Promise.all(found.map((prompt) => confirm(runtime, prompt)))
      show(confirmed.filter((prompt) => prompt !== undefined))
    }
    const timer = setTimeout(() => void look().catch(() => undefined), restMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [content, key, runtime])
  return prompts
}
