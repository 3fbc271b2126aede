import type { Transfer } from '../map/transfer.ts'
import {
  basisOf,
  type DocumentSection,
  type DocumentSources,
  type DocumentTable,
  draftNotice,
  type PrivacyDocument,
  sinceOf,
  timeText,
} from './document.ts'
import { partnerMeasuresSection } from './partners.ts'

/** Technical and organisational measures, GDPR Article 32, with what was measured of them. */
export function measuresDocument(sources: DocumentSources): PrivacyDocument {
  const { transfers, now, measured } = sources
  return {
    kind: 'measures',
    title: 'Technical and organisational measures',
    at: timeText(now),
    since: sinceOf(transfers),
    notice: draftNotice,
    basis: basisOf(sources),
    overview: measureTable(sources),
    sections: [
      encryptionSection(transfers),
      notSeenSection(measured.workloads.notSeen),
      openSection(sources),
      partnerMeasuresSection(sources),
      {
        title: 'Measures that cannot be measured here',
        law: 'GDPR Art. 32(1)(b)-(d), 32(4)',
        lines: [],
        table: null,
        toFill: [
          ...[
            'access to premises and systems',
            'training and instructions',
            'backups and how they were tried',
          ],
          ...['encryption of what is stored', 'how the measures themselves are tested'],
        ],
      },
    ],
  }
}

/** What is in force, a row each. */
export function measureTable({ transfers, measured, differences }: DocumentSources): DocumentTable {
  const { workloads, modes, rules, policyVersion, evidenceEntries, retentionDays, quarantined } = measured
  const readable = transfers.filter(({ contents }) => contents === 'seen')
  const encrypted = transfers.filter(({ encrypted: is }) => is)
  const open = differences.filter(({ state }) => state === 'open')
  const row = (measure: string, law: string, value: string, records: readonly string[] = []) => ({
    cells: [measure, law, value],
    records,
  })
  const { flows, findings, evidence } = retentionDays
  return {
    columns: ['Measure', 'GDPR Art.', 'Measured'],
    rows: [
      row(
        'Encryption on the way',
        '32(1)(a)',
        share(encrypted, transfers),
        encrypted.map(({ id }) => id),
      ),
      row(
        'Personal data in the clear',
        '32(1)(a)',
        `${clear(readable).length} transfers`,
        clear(readable).map(({ id }) => id),
      ),
      row('Traffic is watched', '32(1)(d)', `${workloads.seen} of ${workloads.running} workloads`),
      row(
        'Who may talk with whom is enforced',
        '32(1)(b)',
        `${modes.Protect} workloads in Protect, ${modes.Monitor} in Monitor, ${modes.Discover} in Discover`,
      ),
      row(
        'Rules',
        '32(1)(b)',
        `${rules.written} written, ${rules.learned} learned, ${rules.askingForEncryption} ask for encryption; version ${policyVersion}`,
      ),
      row('Incidents can be contained', '32(1)(b)', `${quarantined} workloads in quarantine`),
      row('Evidence', '5(2), 32(1)(d)', `${evidenceEntries} entries in an append-only ledger`),
      row(
        'Storage is limited',
        '5(1)(e)',
        `findings ${findings} days, flows ${flows} days, evidence ${evidence} days`,
      ),
      row('Masked samples and keyed hashes only', '25(1), 32(1)(a)', 'no value is stored as it was'),
      row(
        'Differences from what is declared',
        '24(1)',
        `${open.length} open, ${differences.length - open.length} accepted`,
        open.map(({ id }) => id),
      ),
    ],
  }
}

function clear(transfers: readonly Transfer[]): Transfer[] {
  return transfers.filter(({ encrypted }) => !encrypted)
}

function share(part: readonly Transfer[], all: readonly Transfer[]): string {
  if (all.length === 0) return 'nothing was seen'
  return `${part.length} of ${all.length} transfers, ${Math.round((100 * part.length) / all.length)} %`
}

function encryptionSection(transfers: readonly Transfer[]): DocumentSection {
  const byVersion = Map.groupBy(
    transfers.filter(({ encrypted }) => encrypted),
    ({ tlsVersions }) => tlsVersions.join(', ') || 'not by TLS, or not told',
  )
  return {
    title: 'Encryption on the way',
    law: 'GDPR Art. 32(1)(a)',
    lines: [],
    table: {
      columns: ['By', 'Transfers'],
      rows: [
        ...[...byVersion].map(([version, all]) => ({
          cells: [version, `${all.length}`],
          records: all.map(({ id }) => id),
        })),
        { cells: ['nothing', `${clear(transfers).length}`], records: clear(transfers).map(({ id }) => id) },
      ],
    },
    toFill: [],
  }
}

function notSeenSection(notSeen: readonly { name: string; why: string }[]): DocumentSection {
  return {
    title: 'What is not watched',
    law: 'GDPR Art. 32(1)(d)',
    lines: notSeen.length === 0 ? ['The traffic of all workloads is watched.'] : [],
    table:
      notSeen.length === 0
        ? null
        : {
            columns: ['Workload', 'Why'],
            rows: notSeen.map(({ name, why }) => ({ cells: [name, why], records: [] })),
          },
    toFill: notSeen.length === 0 ? [] : ['how these workloads are looked after instead'],
  }
}

function openSection({ differences }: DocumentSources): DocumentSection {
  return {
    title: 'What is otherwise than declared',
    law: 'GDPR Art. 24(1), 32(2)',
    lines: differences.length === 0 ? ['Nothing.'] : [],
    table: differences.length === 0 ? null : differenceTable(differences),
    toFill: [],
  }
}

export function differenceTable(differences: DocumentSources['differences']): DocumentTable {
  return {
    columns: ['Severity', 'What', 'Law', 'State'],
    rows: differences.map(({ id, severity, text, law, state, acceptance, transfers }) => ({
      cells: [
        ...[severity, text, law],
        state === 'accepted' && acceptance !== null
          ? `accepted by ${acceptance.by} until ${timeText(acceptance.until).slice(0, 10)}: ${acceptance.reason}`
          : 'open',
      ],
      records: [id, ...transfers],
    })),
  }
}
