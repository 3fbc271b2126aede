import type { ProcessorDefinition } from '../../model/processor.ts'
import type { Transfer } from '../map/transfer.ts'
import { type Activity, activitiesOf, frequencyText, partyLabel, protectionText } from './activities.ts'
import {
  basisOf,
  distinct,
  type DocumentSection,
  type DocumentSources,
  type DocumentTable,
  draftNotice,
  type PrivacyDocument,
  sinceOf,
  timeText,
} from './document.ts'
import { measureTable } from './measures.ts'
import { partnersSection } from './partners.ts'
import { transferGrounds } from './transfer-grounds.ts'

const orNone = (texts: readonly string[]) => (texts.length === 0 ? 'none seen' : texts.join('; '))

/** Record of processing activities of a controller, GDPR Article 30(1): an activity for each service. */
export function processingRecord(sources: DocumentSources): PrivacyDocument {
  const { transfers, processors, now } = sources
  const activities = activitiesOf(transfers)
  return {
    kind: 'record',
    title: 'Record of processing activities',
    at: timeText(now),
    since: sinceOf(transfers),
    notice: draftNotice,
    basis: basisOf(sources),
    overview: {
      columns: [
        ...['Activity', 'Purpose', 'Owner', 'Categories of personal data', 'Persons, about', 'Received from'],
        ...['Recipients', 'Third countries', 'Protection', 'Still to be said'],
      ],
      rows: activities.map((each) => overviewRow(each, sources)),
    },
    sections: [
      controllerSection(processors),
      ...activities.map((each) => activitySection(each, sources)),
      partnersSection(sources),
      securitySection(sources),
    ],
  }
}

function overviewRow(activity: Activity, sources: DocumentSources): DocumentTable['rows'][number] {
  const { id, purpose, owner, categories, incoming, outgoing } = activity
  const all = [...incoming, ...outgoing]
  return {
    cells: [
      ...[id, purpose ?? '', owner ?? '', categories.join(', '), personsText(sources.personsOf(id))],
      orNone(distinct(incoming.map(({ sender }) => partyLabel(sender)))),
      orNone(distinct(outgoing.map(({ recipient }) => partyLabel(recipient)))),
      orNone(transferGrounds(outgoing, sources)),
      distinct(all.map(protectionText)).join(', '),
      missingOfActivity(activity).join('; '),
    ],
    records: all.map((each) => each.id),
  }
}

function personsText(persons: number): string {
  return persons === 0 ? 'not told from each other' : `${persons}`
}

function controllerSection(processors: readonly ProcessorDefinition[]): DocumentSection {
  const joint = processors.filter(({ role }) => role === 'joint-controller')
  return {
    title: 'Controller',
    law: 'GDPR Art. 30(1)(a)',
    lines: joint.map(
      ({ displayName, contact }) =>
        `Joint controller: ${displayName}${contact === undefined ? '' : `, ${contact}`}`,
    ),
    table: null,
    toFill: [
      'name and contact of the controller',
      'representative, where there is one',
      'data protection officer',
    ],
  }
}

/** What no label says and traffic cannot show. */
function missingOfActivity({ purpose }: Activity): string[] {
  const rest = ['categories of data subjects', 'time limits for erasure']
  return purpose === null ? ['purposes of the processing', ...rest] : rest
}

function activitySection(activity: Activity, sources: DocumentSources): DocumentSection {
  const { id, purpose, owner, categories, incoming, outgoing } = activity
  const lines = [
    `Categories of personal data: ${categories.join(', ')}.`,
    `Persons: about ${personsText(sources.personsOf(id))}.`,
    ...(purpose === null ? [] : [`Purpose, by its label: ${purpose}.`]),
    ...(owner === null ? [] : [`Who answers for it, by its label: ${owner}.`]),
    ...transferGrounds(outgoing, sources).map((ground) => `Transfer to a third country: ${ground}.`),
  ]
  return {
    title: `Activity ${id}`,
    law: 'GDPR Art. 30(1)(b)-(f)',
    lines,
    table: flowTable([...incoming, ...outgoing]),
    toFill: missingOfActivity(activity),
  }
}

/** Who sends what to whom. */
export function flowTable(transfers: readonly Transfer[]): DocumentTable {
  return {
    columns: [
      'From',
      'To',
      'Categories',
      'Persons, about',
      'Protocol',
      'Protection',
      'How often',
      'Stands out',
    ],
    rows: transfers.map((each) => ({
      cells: [
        ...[partyLabel(each.sender), partyLabel(each.recipient)],
        each.contents === 'seen'
          ? each.categories.map(({ category }) => category).join(', ')
          : 'not readable',
        personsText(each.persons),
        ...[
          each.application,
          protectionText(each),
          frequencyText(each),
          each.flags.join(', ').replaceAll('-', ' '),
        ],
      ],
      records: [each.id],
    })),
  }
}

function securitySection(sources: DocumentSources): DocumentSection {
  return {
    title: 'Security measures',
    law: 'GDPR Art. 30(1)(g), 32(1)',
    lines: ['What is in force here, as far as it was measured.'],
    table: measureTable(sources),
    toFill: ['measures that are not of networks and workloads: access, training, premises'],
  }
}

/** Record of a processor, GDPR Article 30(2): for each declared controller, what is processed on its behalf. */
export function processorRecord(sources: DocumentSources): PrivacyDocument {
  const { transfers, processors, now } = sources
  const controllers = processors.filter(({ role }) => role === 'controller' || role === 'joint-controller')
  const with_ = (name: string) =>
    transfers.filter(({ sender, recipient }) =>
      [sender, recipient].some(({ processor }) => processor?.name === name),
    )
  return {
    kind: 'processor-record',
    title: 'Record of processing on behalf of controllers',
    at: timeText(now),
    since: sinceOf(transfers),
    notice: draftNotice,
    basis: basisOf(sources),
    overview: {
      columns: ['Controller', 'Contact', 'Contract', 'Categories seen', 'Third countries'],
      rows: controllers.map((each) => controllerRow(each, with_(each.name), sources)),
    },
    sections: [
      {
        title: 'Processor',
        law: 'GDPR Art. 30(2)(a)',
        lines:
          controllers.length === 0
            ? ['No partner is declared as a controller (kind Processor, role controller).']
            : [],
        table: null,
        toFill: [
          'name and contact of the processor',
          'representative, where there is one',
          'data protection officer',
        ],
      },
      ...controllers.map((each) => behalfSection(each, with_(each.name), sources)),
      { ...securitySection(sources), law: 'GDPR Art. 30(2)(d), 32(1)' },
    ],
  }
}

function controllerRow(
  controller: ProcessorDefinition,
  transfers: readonly Transfer[],
  sources: DocumentSources,
): DocumentTable['rows'][number] {
  const { displayName, contact = '', contract, contractDate } = controller
  const categories = distinct(transfers.flatMap((each) => each.categories.map(({ category }) => category)))
  return {
    cells: [
      displayName,
      contact,
      [contract, contractDate].filter(Boolean).join(', '),
      orNone(categories),
      orNone(transferGrounds(transfers, sources)),
    ],
    records: transfers.map(({ id }) => id),
  }
}

function behalfSection(
  { displayName, purposes = [], contact }: ProcessorDefinition,
  transfers: readonly Transfer[],
  sources: DocumentSources,
): DocumentSection {
  return {
    title: `On behalf of ${displayName}`,
    law: 'GDPR Art. 30(2)(b)-(c)',
    lines: [
      ...(purposes.length === 0 ? [] : [`Processing, as declared: ${purposes.join(', ')}.`]),
      ...transferGrounds(transfers, sources).map((ground) => `Transfer to a third country: ${ground}.`),
    ],
    table: flowTable(transfers),
    toFill: [
      ...(contact === undefined ? ['contact of the controller'] : []),
      ...(purposes.length === 0 ? ['categories of processing'] : []),
    ],
  }
}
