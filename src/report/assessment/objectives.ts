import type { ReportFacts } from './facts.ts'
import * as defence from './defence-queries.ts'
import * as governance from './governance-queries.ts'
import * as queries from './queries.ts'
import type { ObjectiveResult } from './result.ts'

/** Something that several frameworks ask for in words of their own. What asks for the same objective is equivalent. */
export interface Objective {
  /** What is asked for. */
  title: string
  /** Looks for it in what Pavise knows; absent where that is nothing: a person has to show it. */
  query?: (facts: ReportFacts) => ObjectiveResult
  /** A proof that is older says nothing of now, in days. */
  maxAgeDays?: number
  /** What a person has to show: all of it, or what no query can see. */
  person: string
}

const objectiveTable = {
  'transport-encryption': {
    title: 'Personal data is encrypted on the networks that it crosses',
    query: queries.transportEncryption,
    maxAgeDays: 7,
    person: 'Which of the connections in the clear are accepted, by whom, and until when.',
  },
  'data-inventory': {
    title: 'It is known which personal data goes where',
    query: queries.dataInventory,
    maxAgeDays: 7,
    person: 'Data that crosses no watched network: files, paper, encrypted connections.',
  },
  'monitoring-coverage': {
    title: 'The traffic of all workloads is watched',
    query: queries.monitoringCoverage,
    maxAgeDays: 2,
    person: 'Systems that Pavise does not run on.',
  },
  'asset-inventory': {
    title: 'It is known what runs',
    query: queries.assetInventory,
    maxAgeDays: 2,
    person: 'Systems and devices that are no containers.',
  },
  'network-restriction': {
    title: 'Workloads talk only with whom a rule allows',
    query: queries.networkRestriction,
    maxAgeDays: 30,
    person: 'Networks outside of the containers.',
  },
  'anomaly-detection': {
    title: 'What is not allowed or suspicious is detected',
    query: queries.anomalyDetection,
    maxAgeDays: 2,
    person: 'That somebody looked at what was detected.',
  },
  'program-control': {
    title: 'Only known programs run',
    query: queries.programControl,
    maxAgeDays: 30,
    person: 'Hosts and workstations.',
  },
  'file-integrity': {
    title: 'Changes of files that matter are noticed',
    query: queries.fileIntegrity,
    maxAgeDays: 30,
    person: 'Which files matter, and files outside of containers.',
  },
  'change-control': {
    title: 'Changes of the rules have an author and a reason',
    query: queries.changeControl,
    maxAgeDays: 365,
    person: 'Approval before a change, and changes of software and infrastructure.',
  },
  'security-logging': {
    title: 'Who did what is logged',
    query: queries.securityLogging,
    maxAgeDays: 2,
    person: 'Logs of applications and hosts.',
  },
  'log-protection': {
    title: 'Nobody can change the log unnoticed',
    query: queries.logProtection,
    maxAgeDays: 2,
    person: 'That heads of the ledger are kept where the operator cannot reach them.',
  },
  'access-roles': {
    title: 'People have the rights that their work takes',
    query: queries.accessRoles,
    maxAgeDays: 2,
    person: 'Rights in other systems, and that they are reviewed.',
  },
  'strong-authentication': {
    title: 'People log in with more than a password',
    query: queries.strongAuthentication,
    maxAgeDays: 2,
    person: 'Log-ins to other systems; what the provider asks of who logs in over it.',
  },
  'incident-handling': {
    title: 'Incidents are handled, with who did what and when',
    query: queries.incidentHandling,
    maxAgeDays: 365,
    person: 'The plan, who is on duty, exercises.',
  },
  'breach-notification': {
    title: 'Breaches are notified in time',
    query: queries.breachNotification,
    maxAgeDays: 365,
    person: 'That the notification reached the authority.',
  },
  'breach-communication': {
    title: 'Persons concerned by a breach are told',
    query: queries.breachCommunication,
    maxAgeDays: 365,
    person: 'That they were told, or which exception holds.',
  },
  'breach-register': {
    title: 'Every breach is on record with facts, effects and remedy',
    query: queries.breachRegister,
    maxAgeDays: 365,
    person: 'Breaches that Pavise was not told of.',
  },
  containment: {
    title: 'A compromised workload can be cut off at once',
    query: queries.containment,
    maxAgeDays: 365,
    person: 'Exercises, where there was no need.',
  },
  'retention-erasure': {
    title: 'What is no longer needed is erased',
    query: queries.retentionErasure,
    maxAgeDays: 365,
    person: 'Erasure in the applications and their stores.',
  },
  'processor-declaration': {
    title: 'Every recipient outside is declared, and gets what was declared',
    query: queries.processorDeclaration,
    maxAgeDays: 7,
    person: 'The contracts themselves (GDPR Article 28(3)).',
  },
  'third-country': {
    title: 'Data goes to third countries only on a declared ground',
    query: queries.thirdCountry,
    maxAgeDays: 7,
    person: 'Transfer impact assessments; recipients whose country an address does not tell.',
  },
  'purpose-labels': {
    title: 'Workloads with personal data have an owner and a purpose',
    query: queries.purposeLabels,
    maxAgeDays: 7,
    person: 'That the purpose is lawful, and the data needed for it.',
  },
  'exception-review': {
    title: 'What is let be has somebody who answers for it, and an end',
    query: governance.exceptionReview,
    maxAgeDays: 30,
    person: 'Exceptions elsewhere, and that who let it be may do so.',
  },
  'unused-accounts': {
    title: 'Accounts that nobody uses are closed',
    query: governance.unusedAccounts(90),
    maxAgeDays: 2,
    person: 'Accounts of other systems.',
  },
  'log-retention': {
    title: 'Logs are kept for a year',
    query: governance.logRetention(365),
    maxAgeDays: 2,
    person: 'Logs of other systems.',
  },
  'documentation-retention': {
    title: 'What documents security is kept for six years',
    query: governance.logRetention(6 * 365 + 2),
    maxAgeDays: 2,
    person: 'Policies and other documents.',
  },
  'leak-prevention': {
    title: 'Personal data does not leave unnoticed, or against a rule',
    query: defence.leakPrevention,
    maxAgeDays: 7,
    person: 'Mail, devices, and what is encrypted where nobody looks.',
  },
  'attack-prevention': {
    title: 'Attacks on applications are detected and cut',
    query: defence.attackPrevention,
    maxAgeDays: 7,
    person: 'Applications that Pavise does not stand before.',
  },
  'start-admission': {
    title: 'What nobody answers for is not started',
    query: defence.startAdmission,
    maxAgeDays: 30,
    person: 'Which engines ask before they start something; what may be installed on hosts.',
  },
  'automatic-response': {
    title: 'Something is done at once when something happens',
    query: defence.automaticResponse,
    maxAgeDays: 30,
    person: 'Who is on duty for what no rule answers.',
  },
  alerting: {
    title: 'People are told of what cannot wait',
    query: defence.alerting,
    maxAgeDays: 90,
    person: 'Who is told, and that they looked at it.',
  },
  'forensic-records': {
    title: 'What happened can be looked into',
    query: defence.forensicRecords,
    maxAgeDays: 90,
    person: 'Images of disks and memory, and who may look at them.',
  },
  'machine-identity': {
    title: 'Machines show who they are',
    query: defence.machineIdentity,
    maxAgeDays: 2,
    person: 'Machines that Pavise does not run on.',
  },
  'evidence-handover': {
    title: 'Evidence is looked at from outside',
    query: queries.evidenceHandover,
    maxAgeDays: 365,
    person: 'Tests of the measures, by whom, and what followed from them.',
  },
  'risk-assessment': {
    title: 'Risks are assessed',
    query: governance.riskAssessment,
    maxAgeDays: 90,
    person: 'The assessment, its date, and who accepted what remains.',
  },
  'impact-assessment': {
    title: 'The impact on persons is assessed',
    query: governance.impactAssessment,
    maxAgeDays: 365,
    person: 'The assessment and the advice of the data protection officer.',
  },
  'processing-records': {
    title: 'Processing activities are recorded',
    query: governance.processingRecords,
    maxAgeDays: 365,
    person: 'The record with purposes, categories, recipients and periods.',
  },
  'security-policies': {
    title: 'Security is ruled in writing',
    person: 'The documents, their approval and their last review.',
  },
  governance: { title: 'Somebody is responsible', person: 'Who, by which decision, and how they report.' },
  training: { title: 'People are trained', person: 'Contents, dates and who took part.' },
  'personnel-security': {
    title: 'People can be relied on',
    person: 'Checks, undertakings, and what happens when somebody leaves.',
  },
  'supplier-contracts': {
    title: 'Suppliers are bound',
    query: governance.supplierContracts,
    maxAgeDays: 30,
    person: 'The contracts themselves, and how suppliers are checked.',
  },
  'physical-security': {
    title: 'Buildings and devices are secured',
    person: 'Locks, visitors, disposal of devices.',
  },
  'continuity-backup': {
    title: 'Service can be restored',
    person: 'Backups, the last restore that was tried, plans.',
  },
  'vulnerability-management': {
    title: 'Vulnerabilities are found and closed',
    person: 'Scans, what they found, and how soon it was closed.',
  },
  'key-management': { title: 'Keys are managed', person: 'How keys are made, kept, changed and destroyed.' },
  'storage-encryption': {
    title: 'Stored data is encrypted or unreadable',
    person: 'Disks, databases and backups, and who has the keys.',
  },
  'secure-development': { title: 'Software is built securely', person: 'Rules, reviews and tests.' },
  'data-minimisation': {
    title: 'No more data than is needed',
    person: 'Which fields are needed for which purpose; defaults.',
  },
  'regular-testing': {
    title: 'Measures are tested regularly',
    person: 'Plans, results, and what followed from them.',
  },
  'time-synchronisation': { title: 'Clocks agree', person: 'Which source of time the hosts have.' },
  'threat-intelligence': {
    title: 'What attackers do is followed',
    person: 'Sources, and what followed from them.',
  },
} as const satisfies Record<string, Objective>

export type ObjectiveId = keyof typeof objectiveTable

export const objectives: Readonly<Record<ObjectiveId, Objective>> = objectiveTable
