import { webcrypto } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  type CertificateFormat,
  certificateFormats,
  type TrustList,
} from '@guankou/contract/certificates/trust-list.ts'
import { readCertificate } from '@guankou/domain/certificates/read-certificate.ts'
import type { Subtle } from '@guankou/domain/certificates/verify-signature.ts'
import { type Command, Option } from 'commander'
import { readTrustList, TrustListError } from '#src/certificates/trust-list-file.ts'
import { makeTrustList } from '#src/cli/commands/certificates/trust-list.ts'
import { verifyTestdata } from '#src/cli/commands/certificates/verify-testdata.ts'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'

const write = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

const verify = async (folder: string, { brief }: { readonly brief: boolean }): Promise<void> => {
  const { files, ...report } = await verifyTestdata(folder)
  write(brief ? report : { ...report, files })
  if (report.passed < report.cases) process.exitCode = exitCodes.differs
}

const readKeys = async (file: string | undefined): Promise<TrustList> => {
  try {
    return await readTrustList(file)
  } catch (error) {
    if (error instanceof TrustListError) throw new CommandFailure(error.message, exitCodes.badInput)
    throw error
  }
}

type ReadOptions = { readonly keys?: string; readonly file?: string; readonly at?: string }

const read = async (given: string | undefined, { keys: keyFile, file, at }: ReadOptions): Promise<void> => {
  const text = given ?? (await readFile(file ?? '/dev/stdin', 'utf8'))
  const nowMs = at === undefined ? Date.now() : Date.parse(at)
  if (Number.isNaN(nowMs))
    throw new CommandFailure(`${at} is no moment. · 时间写法不对。`, exitCodes.badInput)
  const keys = await readKeys(keyFile ?? process.env.GUANKOU_CERTIFICATE_KEYS)
  const subtle = webcrypto.subtle as unknown as Subtle
  const reading = await readCertificate(text, { keys, subtle, nowMs })
  write(reading)
  if (reading.is !== 'read' || reading.outcome !== 'verified') process.exitCode = exitCodes.differs
}

const list = async (files: readonly string[], { format }: { readonly format: CertificateFormat }) => {
  write(await makeTrustList(files, format))
}

/** Health certificates on the command line: read one, make a trust list, run the public test data. */
export const certificatesCommand = (program: Command): void => {
  const certificates = program
    .command('certificates')
    .description('health certificates: EU DCC, SMART Health Cards, WHO DDCC; nothing leaves the machine')
  certificates
    .command('verify-testdata')
    .argument('<folder>', 'a copy of the test data of the EU Digital COVID Certificate, or part of it')
    .option('--brief', 'without the cases that pass', false)
    .description('run every case and print, as JSON, which pass and why others do not')
    .action(verify)
  certificates
    .command('read')
    .argument('[text]', 'what the code holds: HC1:… or shc:/…')
    .option('--file <file>', 'read the text from a file instead')
    .option('--keys <file>', 'trust list (default: GUANKOU_CERTIFICATE_KEYS)')
    .option('--at <instant>', 'check as of this moment, RFC 3339 (default: now)')
    .description('read one certificate and print what it states and whether that is genuine, as JSON')
    .action(read)
  certificates
    .command('trust-list')
    .argument(
      '<files...>',
      'certificates of signers (PEM, DER), key sets {"issuer", "keys"}, lists made before',
    )
    .addOption(
      new Option('--format <format>', 'what the certificates sign')
        .choices(certificateFormats)
        .default('eu-dcc'),
    )
    .description('print the trust list for GUANKOU_CERTIFICATE_KEYS, as JSON')
    .action(list)
}
