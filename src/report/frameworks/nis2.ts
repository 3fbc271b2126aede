import { controlsOf, type Framework } from './framework.ts'

export const nis2: Framework = {
  id: 'nis2',
  title: 'NIS2',
  version: 'Directive (EU) 2022/2555',
  controls: controlsOf([
    ['Art. 20', 'Management approves and oversees the measures', 'governance', 'training'],
    [
      'Art. 21(1)',
      'Measures that fit the risk',
      'risk-assessment',
      'network-restriction',
      'monitoring-coverage',
    ],
    ['Art. 21(2)(a)', 'Risk analysis and security policies', 'risk-assessment', 'security-policies'],
    ['Art. 21(2)(b)', 'Incident handling', 'incident-handling', 'anomaly-detection', 'containment'],
    ['Art. 21(2)(c)', 'Continuity, backup, crisis management', 'continuity-backup'],
    ['Art. 21(2)(d)', 'Security of the supply chain', 'processor-declaration', 'supplier-contracts'],
    [
      'Art. 21(2)(e)',
      'Secure acquisition, development and maintenance',
      'vulnerability-management',
      'secure-development',
      'change-control',
    ],
    ['Art. 21(2)(f)', 'Whether the measures work is assessed', 'regular-testing', 'evidence-handover'],
    ['Art. 21(2)(g)', 'Basic hygiene and training', 'training', 'program-control'],
    ['Art. 21(2)(h)', 'Cryptography and encryption', 'transport-encryption', 'key-management'],
    [
      'Art. 21(2)(i)',
      'Personnel, access control, assets',
      'access-roles',
      'asset-inventory',
      'personnel-security',
    ],
    [
      'Art. 21(2)(j)',
      'Several factors and secured communication',
      'strong-authentication',
      'transport-encryption',
    ],
    [
      'Art. 23',
      'Early warning, notification and report of incidents',
      'breach-notification',
      'incident-handling',
      'breach-register',
    ],
  ]),
}
