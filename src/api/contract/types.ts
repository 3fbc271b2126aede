import type { Static } from 'typebox'
import type * as accounts from './account-schemas.ts'
import type * as cases from './case-schemas.ts'
import type * as detection from './detection-operations.ts'
import type * as evidence from './evidence-operations.ts'
import type * as privacy from './privacy-schemas.ts'
import type * as policy from './policy-schemas.ts'
import type * as reports from './report-operations.ts'
import type * as settings from './settings-operations.ts'
import type * as responses from './response-operations.ts'
import type * as records from './records.ts'
import type * as summaries from './summary-operations.ts'

/** What the API gives, as types: all that the console needs of the contract, and nothing of it at run time. */

export type Session = Static<typeof accounts.sessionItem>
export type Passkey = Static<typeof accounts.passkeyItem>
export type LogInMethods = Static<typeof accounts.logInMethods>
export type CountrySource = Static<typeof privacy.countrySource>
export type Transfer = Static<typeof privacy.transferItem>
export type Difference = Static<typeof privacy.differenceItem>
export type Resolution = Static<typeof privacy.resolutionItem>
export type PrivacyDocument = Static<typeof privacy.documentItem>
export type Processor = Static<typeof privacy.processorItem>
export type Status = Static<typeof records.status>
export type DataFlow = Static<typeof records.dataFlowItem>
export type DataFlowMap = Static<typeof records.dataFlowMap>
export type NetworkMap = Static<typeof records.networkMap>
export type MapPlace = NetworkMap['nodes'][number]
export type MapLine = NetworkMap['edges'][number]
export type PolicyVersion = Static<typeof policy.policyVersionItem>
export type PolicyVersionDetail = Static<typeof policy.policyVersionDetail>
export type PolicyChange = Static<typeof policy.policyChange>
export type ChangeResult = Static<typeof policy.changeResult>
export type Simulation = Static<typeof policy.simulationResult>
export type SimulatedDenial = Simulation['denials'][number]
export type { AttackExceptionList, ExceptionSuggestionItem } from './attack-operations.ts'
export type { JoinTokenItem, NewJoinToken, NodeItem, NodeList } from './node-operations.ts'
export type ResponseRule = responses.ResponseRuleItem
export type ResponseOutcome = responses.ResponseOutcomeItem
export type ResponseList = responses.ResponseList
export type Quarantined = Static<typeof policy.quarantinedItem>
export type {
  PolicyGroup,
  PolicyRule,
  PolicyStatus,
  RuleEditsBody,
  SimulationBody,
} from './policy-schemas.ts'
export type Carried = DataFlow['carried'][number]
export type Party = DataFlow['client']
export type WorkloadItem = Static<typeof records.workloadItem>
export type Finding = Static<typeof records.findingItem>
export type Coverage = Static<typeof records.coverageItem>
export type Attack = Static<typeof records.attackItem>
export type Threat = Static<typeof records.threatItem>
export type Violation = Static<typeof records.violationItem>
export type ProcessEvent = Static<typeof records.processItem>
export type FileEvent = Static<typeof records.fileItem>
export type ListingSummary = Static<typeof summaries.summaryItem>
export type { CaptureFileItem, CaptureItem, CaptureList, PacketPage } from './capture-operations.ts'
export type Case = Static<typeof cases.caseItem>
export type EvidenceStatus = Static<typeof evidence.evidenceStatus>
export type EvidenceEntry = Static<typeof evidence.evidenceEntry>
export type EvidenceCheckpoint = Static<typeof evidence.evidenceCheckpoint>
export type Account = Static<typeof accounts.accountItem>
export type AccountLink = Static<typeof accounts.linkItem>
export type Token = Static<typeof accounts.tokenItem>
export type AuditEntry = Static<typeof accounts.auditItem>
export type AuditVerification = Static<typeof accounts.auditVerification>
export type Detection = Static<typeof detection.detectionItem>
export type Detector = Static<typeof settings.detectorItem>
export type Trial = Static<typeof settings.trialResult>
export type StartedOption = Static<typeof settings.startedOption>
export type Report = Static<typeof reports.reportItem>
export type FrameworkSummary = Static<typeof reports.frameworkItem>
export type Draft = Static<typeof cases.draftItem>
export type TimelineItem = Static<typeof cases.timelineItem>
export type Problem = Static<typeof records.problem>
