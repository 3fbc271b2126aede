import type { Command } from 'commander'

/** A command of `pavise`. It is loaded when it is asked for: `pavise inspect` starts without a web server. */
export interface CommandEntry {
  name: string
  /** Its line in `pavise --help`. */
  summary: string
  load: () => Promise<Command>
}

/** Every command, in the order of the help. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'up',
    summary: 'watch the containers of this machine and show which personal data goes where',
    load: async () => (await import('./up.ts')).upCommand(),
  },
  {
    name: 'inspect',
    summary: 'say which personal data crosses which connection of a capture file',
    load: async () => (await import('./inspect.ts')).inspectCommand(),
  },
  {
    name: 'detect',
    summary: 'say which personal data is in a document, and where',
    load: async () => (await import('./detect.ts')).detectCommand(),
  },
  {
    name: 'sensors',
    summary: 'list what personal data is found by, try it, add your own',
    load: async () => (await import('./sensors.ts')).sensorsCommand(),
  },
  {
    name: 'seclang',
    summary: 'say what of rules in SecLang, such as the OWASP Core Rule Set, is done here',
    load: async () => (await import('./seclang.ts')).secLangCommand(),
  },
  {
    name: 'rules',
    summary: 'say what of rules in the form of Suricata is done here',
    load: async () => (await import('./rules.ts')).rulesCommand(),
  },
  {
    name: 'attacks',
    summary: 'suggest exceptions from what is told of as an attack and is likely none',
    load: async () => (await import('./attacks.ts')).attacksCommand(),
  },
  {
    name: 'policy',
    summary: 'check rules, try them on what was seen, apply them and take them back',
    load: async () => (await import('./policy.ts')).policyCommand(),
  },
  {
    name: 'accounts',
    summary: 'say who may log in, and give links to log in with',
    load: async () => (await import('./accounts.ts')).accountsCommand(),
  },
  {
    name: 'case',
    summary: 'keep breaches of personal data: clocks, severity, drafts of notifications',
    load: async () => (await import('./case.ts')).caseCommand(),
  },
  {
    name: 'privacy',
    summary: 'say who sends which personal data to whom, and whether that is declared',
    load: async () => (await import('./privacy.ts')).privacyCommand(),
  },
  {
    name: 'report',
    summary:
      'say how far a framework is evidenced: GDPR, ISO 27001, PCI DSS, HIPAA, NIS2, SOC 2, NIST CSF, Grundschutz',
    load: async () => (await import('./report.ts')).reportCommand(),
  },
  {
    name: 'capture',
    summary: 'record packets of workloads, and open what was recorded',
    load: async () => (await import('./capture.ts')).captureCommand(),
  },
  {
    name: 'evidence',
    summary: 'hand out what happened, signed, and check such a bundle offline',
    load: async () => (await import('./evidence.ts')).evidenceCommand(),
  },
  {
    name: 'doctor',
    summary: 'look whether this machine has what watching containers takes',
    load: async () => (await import('./doctor.ts')).doctorCommand(),
  },
  {
    name: 'controller',
    summary: 'the part of up that enforcers report to, for many machines',
    load: async () => (await import('./controller.ts')).controllerCommand(),
  },
  {
    name: 'nodes',
    summary: 'say which machines report to a controller, and remove them',
    load: async () => (await import('./nodes.ts')).nodesCommand(),
  },
  {
    name: 'enforcer',
    summary: 'the part of up that reads packets, apart',
    load: async () => (await import('./enforcer.ts')).enforcerCommand(),
  },
  {
    name: 'oci-runtime',
    summary: 'have engines hold the start of a container until its rules are in place',
    load: async () => (await import('./oci-runtime.ts')).ociRuntimeCommand(),
  },
  {
    name: 'completion',
    summary: 'write a script by which a shell completes commands and options',
    load: async () => (await import('./completion.ts')).completionCommand(),
  },
]
