import { Command, Option } from 'commander'
import { type DetectOptions, runDetect } from './detect/run.ts'
import { examplesText } from './examples.ts'
import { secLangOption } from './seclang-option.ts'
import { sensorsOption } from './sensors-option.ts'

/** Forms that a document can be read as. */
const formats = [
  'text',
  'json',
  'ndjson',
  'xml',
  'html',
  'csv',
  'tsv',
  'sql',
  'yaml',
  'mail',
  'msgpack',
  'bson',
  'avro',
  'protobuf',
  'grpc',
  'hl7',
  'zip',
  'pdf',
  'form',
  'headers',
]

/** `pavise detect [FILE|-]`: personal data in a document; of many, attacks as well. */
export function detectCommand(): Command {
  return new Command('detect')
    .description(
      'Say which personal data is in a document, and where: text, JSON, XML, CSV, SQL, YAML, mail, vCard, HL7 and others.',
    )
    .argument('[file]', 'the document; - or nothing for standard input', '-')
    .option('--json', 'each finding as a line of JSON', false)
    .addOption(
      new Option(
        '--format <format>',
        'how the document is to be read; by default its first bytes tell',
      ).choices(formats),
    )
    .addOption(
      new Option(
        '--documents <file>',
        'many documents, each a line of JSON with its text in "text" and where it stands in "context", or with a request in ' +
          '"method", "uri", "headers" and "body"; attacks are told of, too',
      ).conflicts('format'),
    )
    .addOption(
      new Option('--explain', 'say for each finding why it was found').default(false).conflicts('documents'),
    )
    .addOption(
      new Option('--why-not <value>', 'say why a value that stands in the document was not found').conflicts([
        'documents',
        'explain',
      ]),
    )
    .addOption(sensorsOption())
    .addOption(secLangOption())
    .addOption(
      new Option('--fail-on <what>', 'exit with 1 on any personal data, or on none')
        .choices(['any', 'none'])
        .default('any'),
    )
    .addHelpText(
      'before',
      examplesText([
        ['pavise detect export.csv', 'what is in a file, with masked samples'],
        ['curl -s https://api.example/me | pavise detect', 'what an answer holds'],
        ['pavise detect --explain letter.txt', 'and why it is thought to be personal data'],
        ["pavise detect --why-not '4711 0815' letter.txt", 'why this is not among it'],
        ['pavise detect --json mail.txt | jq .identifier', 'for a program'],
      ]),
    )
    .action(async (file: string, options: DetectOptions) => {
      process.exitCode = await runDetect(file, options)
    })
}
