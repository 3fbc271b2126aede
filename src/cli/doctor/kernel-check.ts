import { release } from 'node:os'
import type { KernelFeature } from '../../kernel/probe.ts'
import { type Check, lacking, limited, ok } from './check.ts'

export interface Kernel {
  release: string
  /** As they were found when they were tried; or why none could be. */
  features: KernelFeature[] | { untried: string }
}

/** Loads what calls the kernel, which no other command without live traffic needs; never rejects. */
export async function probeKernel(): Promise<Kernel> {
  try {
    const kernel = await import('../../kernel/probe.ts')
    return { release: release(), features: kernel.probeKernel() }
  } catch (error) {
    return {
      release: release(),
      features: { untried: error instanceof Error ? error.message : String(error) },
    }
  }
}

export function checkKernel({ release: version, features }: Kernel): Check {
  if (!Array.isArray(features)) {
    return lacking('kernel', {
      found: `Linux ${version}, which cannot be called: ${features.untried}`,
      costs: 'The traffic of containers cannot be read. Captures and text can be inspected.',
      nextStep: 'Install the packages again (npm ci): koffi has a part for each kind of processor.',
    })
  }
  const missing = features.filter(({ isNeeded, available }) => isNeeded && !available)
  if (missing.length === 0) return checkProtection(version, features)
  if (missing.every(({ reason }) => reason === 'not-permitted')) {
    return limited('kernel', {
      found: `Linux ${version}; not allowed to try ${namesOf(missing)}`,
      costs: 'Whether the traffic of containers can be read is not known.',
      nextStep: 'Run it as the user who is to run Pavise, or as root (sudo).',
    })
  }
  return lacking('kernel', {
    found: `Linux ${version} without ${missing.map(({ name, detail }) => `${name} (${detail})`).join(', ')}`,
    costs: `Not possible: ${missing.map(({ without }) => without).join('; ')}. Captures and text can be inspected.`,
    nextStep: 'Use a kernel with CONFIG_NET_NS and CONFIG_PACKET, as every common distribution has.',
  })
}

/** All that watching takes is there. */
function checkProtection(version: string, features: KernelFeature[]): Check {
  const found = `Linux ${version}: ${described(features)}`
  const missing = features.filter(({ isUsed, available }) => isUsed && !available)
  if (missing.length === 0) return ok('kernel', found)
  return limited('kernel', {
    found: `${found}; without ${missing.map(({ name, detail }) => `${name} (${detail})`).join(', ')}`,
    costs: `Not possible: ${missing.map(({ without }) => without).join('; ')}.`,
    nextStep:
      'Use a kernel with CONFIG_NFT_QUEUE or CONFIG_NFT_COMPAT, and CONFIG_FANOTIFY_ACCESS_PERMISSIONS.',
  })
}

function described(features: KernelFeature[]): string {
  const needed = features.filter(({ isUsed, available }) => isUsed && available)
  const others = features.filter(({ isUsed }) => !isUsed)
  const present = others.filter(({ available }) => available)
  const absent = others.filter(({ available }) => !available)
  const unused = [
    ...(present.length > 0 ? [namesOf(present)] : []),
    ...(absent.length > 0 ? [`no ${namesOf(absent)}`] : []),
  ]
  return `${namesOf(needed)}${unused.length > 0 ? `; not used yet: ${unused.join(', ')}` : ''}`
}

function namesOf(features: KernelFeature[]): string {
  return features.map(({ name }) => name).join(', ')
}
