import fc from 'fast-check'

/** Stands in a tree for JSON text that `JSON.stringify` cannot write: `1e309`, a lone surrogate, ten thousand brackets. */
const rawMark = '@@raw@@'

/** Puts a piece of JSON text where a value would be. */
export const rawJson = (text: string): string => `${rawMark}${Buffer.from(text).toString('base64')}`

/** JSON text of a tree with raw pieces. */
export const hostileText = (tree: unknown): string =>
  (JSON.stringify(tree) ?? '').replace(/"@@raw@@([A-Za-z0-9+/=]*)"/g, (_, piece: string) =>
    Buffer.from(piece, 'base64').toString(),
  )

export const nestedArrays = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
export const nestedObjects = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

const texts = [
  '',
  ' ',
  'x',
  '\u0000',
  'a\u0000b',
  '\u202e文件\u202c',
  '👨‍👩‍👧‍👦',
  'e\u0301\u0323'.repeat(10),
  '\ufeff',
  '\u2028',
  '\uffff',
  '﷽'.repeat(4),
  "'; drop table screenings; --",
  '$(id) %s %00',
  '../../etc/passwd',
  '{"a":1}',
  'NULL',
  '\\',
  '"',
  '{,}',
  '粤C12345',
  'a'.repeat(1_000),
  '长'.repeat(20_000),
  '__proto__',
  'constructor',
]

const instants = [
  '2999-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '0000-01-01T00:00:00.000Z',
  '1969-12-31T23:59:59.999Z',
  '2019-12-31T15:59:59.999Z',
  '2020-02-30T10:00:00.000Z',
  '2020-01-23T25:00:00.000Z',
  '2020-01-23T14:32:60.000Z',
  '2020-01-23T14:32:07.120+08:00',
  '2020-01-23',
  '2020-02-31',
  '0000-01-01',
  '9999-12-31',
  'now',
]

const numbers = [
  -1,
  0,
  1,
  2,
  61,
  101,
  999,
  1_000,
  1.5,
  -1.5,
  37.25,
  36.6,
  29.9,
  45.1,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  100_000,
  999_999,
  440_402,
  440_403,
  440_400,
  110_000,
  421_281,
  900_840,
]

const rawPieces = [
  '1e309',
  '-1e309',
  '-0',
  '1e-400',
  '123456789012345678901234567890',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\\u0000"',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"toString":1,"valueOf":1}',
  '{"toString":null}',
  '{"length":1e9}',
  '{"then":1}',
  nestedArrays(20),
  nestedArrays(30_000),
  nestedObjects(20_000),
  `[${nestedArrays(20_000)},${nestedArrays(20_000)}]`,
  `[${'0,'.repeat(20_000)}0]`,
  'NaN',
  'undefined',
  "'x'",
  '',
]

/** Values that a schema, a parser or a database may not be ready for. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...texts),
  fc.constantFrom(...instants),
  fc.constantFrom(...numbers),
  fc.constantFrom(...rawPieces).map(rawJson),
  fc.constantFrom(null, true, false, [], {}, [[]], [null], { kind: 'none' }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.double(),
)

type Tree = unknown
export type Path = readonly (string | number)[]

/** Every place in a tree: its root, its inner nodes and its leaves. */
export const pathsOf = (tree: Tree, path: Path = []): Path[] => {
  if (typeof tree !== 'object' || tree === null) return [path]
  return [
    path,
    ...Object.entries(tree).flatMap(([key, value]) =>
      pathsOf(value, [...path, Array.isArray(tree) ? Number(key) : key]),
    ),
  ]
}

/** The tree with something else at a place; `change` returns `undefined` to take the place away. */
export const changeAt = (tree: Tree, path: Path, change: (old: unknown) => unknown): Tree => {
  const [key, ...rest] = path
  if (key === undefined) return change(tree)
  if (Array.isArray(tree)) {
    const changed = changeAt(tree[Number(key)], rest, change)
    return changed === undefined ? tree.toSpliced(Number(key), 1) : tree.with(Number(key), changed)
  }
  const { [key]: old, ...others } = tree as Record<string, unknown>
  const changed = changeAt(old, rest, change)
  return changed === undefined ? others : { ...others, [key]: changed }
}

export type Mutation = { readonly what: string; readonly apply: (tree: Tree) => Tree }

const places = (tree: Tree): fc.Arbitrary<Path> =>
  fc.constantFrom(...pathsOf(tree).filter((path) => path.length > 0))

/** One thing wrong, or merely odd, anywhere in a valid tree. */
export const mutationOf = (tree: Tree): fc.Arbitrary<Mutation> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(places(tree), hostileValue).map(
        ([path, value]): Mutation => ({
          what: `/${path.join('/')} := ${JSON.stringify(value)?.slice(0, 80)}`,
          apply: (old) => changeAt(old, path, () => value),
        }),
      ),
    },
    {
      weight: 1,
      arbitrary: places(tree).map(
        (path): Mutation => ({
          what: `without /${path.join('/')}`,
          apply: (old) => changeAt(old, path, () => undefined),
        }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          places(tree),
          fc.constantFrom('extra', '__proto__', 'constructor', '\u0000', 'a'.repeat(5_000)),
          hostileValue,
        )
        .map(
          ([path, key, value]): Mutation => ({
            what: `/${path.join('/')} gains ${JSON.stringify(key).slice(0, 20)}`,
            apply: (old) =>
              changeAt(old, path, (node) =>
                typeof node === 'object' && node !== null && !Array.isArray(node)
                  ? Object.fromEntries([...Object.entries(node), [key, value]])
                  : node,
              ),
          }),
        ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(places(tree), fc.constantFrom(2, 5, 21, 101)).map(
        ([path, times]): Mutation => ({
          what: `/${path.join('/')} repeated ${times} times`,
          apply: (old) =>
            changeAt(old, path, (node) =>
              Array.isArray(node) && node.length > 0
                ? Array.from({ length: times }, () => node[0] as unknown)
                : [node],
            ),
        }),
      ),
    },
  )

/** Bodies that are no JSON, not quite JSON, or JSON of a shape that nobody asked for. */
export const hostileBody: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.constantFrom(...rawPieces),
  fc.constantFrom(
    'null',
    '[]',
    '{}',
    '""',
    '0',
    'true',
    '{',
    '{"a":}',
    '[1,]',
    '\ufeff{}',
    '{"a":1}{"b":2}',
    ' ',
  ),
  hostileValue.map(hostileText),
  fc.constantFrom(
    new Uint8Array([0xff, 0xfe, 0x7b, 0x7d]),
    new Uint8Array([0x22, 0xc3, 0x28, 0x22]),
    new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]),
  ),
)
