import type { StatementKind } from '@guankou/contract/certificates/trust-list.ts'

/** Extended key uses of signers of EU certificates; the second form slipped into the first certificates. */
const uses: Readonly<Record<string, StatementKind>> = {
  '1.3.6.1.4.1.1847.2021.1.1': 'test',
  '1.3.6.1.4.1.1847.2021.1.2': 'vaccination',
  '1.3.6.1.4.1.1847.2021.1.3': 'recovery',
  '1.3.6.1.4.1.0.1847.2021.1.1': 'test',
  '1.3.6.1.4.1.0.1847.2021.1.2': 'vaccination',
  '1.3.6.1.4.1.0.1847.2021.1.3': 'recovery',
}

/** What a signer's certificate allows; nothing named allows everything. */
export const usesOf = (extendedUses: readonly string[]): readonly StatementKind[] => [
  ...new Set(extendedUses.flatMap((oid) => uses[oid] ?? [])),
]
