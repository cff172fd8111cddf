import { parseSync } from 'vite'
import { readText } from './source-tree.ts'

/** A node of the syntax tree (ESTree with TypeScript), as much of it as the rules need. */
export type Node = { readonly type: string; readonly start: number; readonly end: number } & Readonly<
  Record<string, unknown>
>

export type Import = { readonly from: string; readonly typeOnly: boolean; readonly line: number }

export type Syntax = {
  readonly text: string
  readonly nodes: readonly Node[]
  readonly comments: readonly { readonly kind: string; readonly text: string; readonly line: number }[]
  readonly imports: readonly Import[]
  readonly lineOf: (offset: number) => number
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

const collect = (node: Node, into: Node[]): void => {
  into.push(node)
  for (const value of Object.values(node))
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) collect(item, into)
    } else if (isNode(value)) collect(value, into)
}

const lineCounter = (text: string): ((offset: number) => number) => {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }
}

const literalText = (value: unknown): string | undefined =>
  isNode(value) && value.type === 'Literal' && typeof value.value === 'string' ? value.value : undefined

/** Type-only where nothing of it is left at run time: `import type`, or braces that hold only types. */
const isTypeOnly = (node: Node): boolean => {
  if (node.importKind === 'type' || node.exportKind === 'type') return true
  const specifiers = node.specifiers
  if (!Array.isArray(specifiers) || specifiers.length === 0) return false
  return specifiers.every((s) => isNode(s) && (s.importKind === 'type' || s.exportKind === 'type'))
}

const importingTypes = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
])

const importsOf = (nodes: readonly Node[], lineOf: (offset: number) => number): Import[] =>
  nodes.flatMap((node) => {
    if (!importingTypes.has(node.type)) return []
    const from = literalText(node.source)
    if (from === undefined) return []
    return [{ from, typeOnly: node.type === 'TSImportType' || isTypeOnly(node), line: lineOf(node.start) }]
  })

const parsed = new Map<string, Syntax>()

/** The syntax of a TypeScript file, read once. @throws Error where the file does not parse */
export const syntaxOf = (path: string): Syntax => {
  const known = parsed.get(path)
  if (known !== undefined) return known
  const text = readText(path)
  const result = parseSync(path, text)
  const failure = result.errors[0]
  if (failure !== undefined) throw new Error(`${path} does not parse: ${failure.message}`)
  const lineOf = lineCounter(text)
  const nodes: Node[] = []
  collect(result.program as unknown as Node, nodes)
  const comments = result.comments.map((comment) => ({
    kind: comment.type,
    text: comment.value,
    line: lineOf(comment.start),
  }))
  const syntax = { text, nodes, comments, imports: importsOf(nodes, lineOf), lineOf }
  parsed.set(path, syntax)
  return syntax
}

/** Name of an identifier node, else `undefined`. */
export const identifierName = (value: unknown): string | undefined =>
  isNode(value) && (value.type === 'Identifier' || value.type === 'JSXIdentifier')
    ? String(value.name)
    : undefined

/** `a.b` for a member expression of plain names, else `undefined`. */
export const memberName = (value: unknown): string | undefined => {
  if (!isNode(value)) return undefined
  if (value.type !== 'MemberExpression' || value.computed === true) return identifierName(value)
  const object = memberName(value.object)
  const property = identifierName(value.property)
  return object === undefined || property === undefined ? undefined : `${object}.${property}`
}

/** Every piece of text in strings and templates, with its line; holes of a template become `?`. */
export const textsIn = ({ nodes, lineOf }: Syntax): { readonly text: string; readonly line: number }[] =>
  nodes.flatMap((node) => {
    const literal = literalText(node)
    if (literal !== undefined) return [{ text: literal, line: lineOf(node.start) }]
    if (node.type !== 'TemplateLiteral' || !Array.isArray(node.quasis)) return []
    const parts = node.quasis.map((quasi: { value: { cooked?: string; raw: string } }) => {
      return quasi.value.cooked ?? quasi.value.raw
    })
    return [{ text: parts.join('?'), line: lineOf(node.start) }]
  })
