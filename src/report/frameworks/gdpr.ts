import { controlsOf, type Framework } from './framework.ts'

/** Regulation (EU) 2016/679: what security and its proof come to. */
export const gdpr: Framework = {
  id: 'gdpr',
  title: 'GDPR',
  version: 'Regulation (EU) 2016/679',
  controls: controlsOf([
    ['Art. 5(1)(e)', 'Keep data no longer than needed', 'retention-erasure'],
    [
      'Art. 5(1)(f)',
      'Integrity and confidentiality of processing',
      'transport-encryption',
      'network-restriction',
      'anomaly-detection',
    ],
    ['Art. 5(2)', 'Be able to show compliance', 'log-protection', 'data-inventory', 'evidence-handover'],
    [
      'Art. 24',
      'Measures by risk, kept current, and demonstrable',
      'change-control',
      'risk-assessment',
      'log-protection',
    ],
    [
      'Art. 25',
      'Protection by design and by default',
      'purpose-labels',
      'network-restriction',
      'data-minimisation',
    ],
    [
      'Art. 28',
      'Processors that are bound, and get what was agreed',
      'processor-declaration',
      'supplier-contracts',
    ],
    ['Art. 30', 'Record of processing activities', 'data-inventory', 'processing-records'],
    ['Art. 32(1)(a)', 'Pseudonymisation and encryption', 'transport-encryption', 'storage-encryption'],
    [
      'Art. 32(1)(b)',
      'Lasting confidentiality, integrity, availability, resilience',
      'network-restriction',
      'program-control',
      'file-integrity',
      'monitoring-coverage',
    ],
    ['Art. 32(1)(c)', 'Restore availability after an incident', 'continuity-backup'],
    [
      'Art. 32(1)(d)',
      'Test, assess and evaluate the measures regularly',
      'regular-testing',
      'evidence-handover',
      'monitoring-coverage',
    ],
    ['Art. 32(2)', 'A level of security by the risks of the data', 'risk-assessment', 'data-inventory'],
    ['Art. 32(4)', 'People act only on instruction', 'access-roles', 'security-logging'],
    [
      'Art. 33',
      'Notify breaches to the authority, and document each',
      'breach-notification',
      'breach-register',
      'incident-handling',
    ],
    ['Art. 34', 'Tell the persons where the risk is high', 'breach-communication'],
    ['Art. 35', 'Assess the impact where the risk may be high', 'impact-assessment', 'data-inventory'],
    ['Art. 44', 'Transfers to third countries on a ground only', 'third-country'],
  ]),
}
