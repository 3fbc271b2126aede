import type { Controller } from '../../controller/controller.ts'
import type { EnforcerView } from '../../controller/enforcer-registry.ts'
import type { NodeAccess } from '../../controller/nodes/node-access.ts'
import type { StoredNode } from '../../store/node-store.ts'
import type { JoinTokenInput, JoinTokenItem, NewJoinToken, NodeItem } from '../contract/node-operations.ts'
import { operations } from '../contract/operations.ts'
import { heldRoute } from '../listed-route.ts'
import { HttpProblem } from '../problem.ts'
import type { Call, Route } from '../route.ts'
import { authorOf } from './author.ts'

const usualSeconds = 3_600

/** The machines that report over the network. */
export function nodeRoutes(controller: Controller): Route[] {
  return [
    heldRoute(
      operations.nodes,
      () => list(controller),
      () => ({ listening: controller.nodes !== undefined }),
    ),
    { operation: operations.removeNode, answer: (call) => remove(controller, call) },
    heldRoute(operations.joinTokens, () => (controller.nodes?.tokens() ?? []).map(tokenItem)),
    { operation: operations.addJoinToken, answer: (call) => addToken(accessOf(controller), call) },
    {
      operation: operations.removeJoinToken,
      answer: async ({ params }) => {
        if (await accessOf(controller).removeToken((params as { id: string }).id)) return {}
        throw new HttpProblem(404, 'There is no such token that can still be used.')
      },
    },
  ]
}

/** @throws HttpProblem where nodes cannot connect at all */
function accessOf({ nodes }: Controller): NodeAccess {
  if (nodes !== undefined) return nodes
  throw new HttpProblem(409, 'This Pavise watches its own machine only.', {
    nextStep: 'Run pavise controller in place of pavise up where other machines are to report.',
  })
}

function list(controller: Controller): NodeItem[] {
  const views = viewsOf(controller)
  return (controller.nodes?.list() ?? []).map((node) => nodeItem(node, views.get(node.name)))
}

function viewsOf(controller: Controller): Map<string, EnforcerView> {
  return new Map(controller.enforcers().map((view) => [view.enforcer, view]))
}

async function remove(controller: Controller, call: Call): Promise<NodeItem> {
  const { name } = call.params as { name: string }
  authorOf(call)
  const removed = await accessOf(controller).remove(name)
  if (removed === undefined)
    throw new HttpProblem(404, `There is no node ${name}.`, { nextStep: 'See pavise nodes list.' })
  return nodeItem(removed, viewsOf(controller).get(name))
}

async function addToken(access: NodeAccess, call: Call): Promise<NewJoinToken> {
  const { seconds = usualSeconds } = call.body as JoinTokenInput
  const made = await access.makeToken(authorOf(call).author, seconds * 1_000)
  if (made === undefined)
    throw new HttpProblem(409, 'As many tokens as may be wait to be used.', {
      nextStep: 'Use them, remove some, or wait until they expire.',
    })
  const expiresAt = new Date(made.expiresAt).toISOString()
  Object.assign(call.audited, { target: made.id, detail: { expiresAt } })
  return { type: 'new-join-token', id: made.id, token: made.token, expiresAt, port: access.port }
}

function nodeItem({ id, name, joinedAt, certificate, next }: StoredNode, view?: EnforcerView): NodeItem {
  const { connected = false, since = null, version = null, policyIsCurrent } = view ?? {}
  return {
    ...{ type: 'node', id, name, connected, since, version },
    joinedAt: new Date(joinedAt).toISOString(),
    certificateUntil: new Date(next?.notAfter ?? certificate.notAfter).toISOString(),
    ...(policyIsCurrent !== undefined && { policyIsCurrent }),
  }
}

function tokenItem({
  id,
  createdAt,
  createdBy,
  expiresAt,
}: ReturnType<NodeAccess['tokens']>[number]): JoinTokenItem {
  return {
    ...{ type: 'join-token', id, createdBy },
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
  }
}
