import { useGroupsOf, useMay } from '../../api/policy-queries.ts'
import { fullNumber } from '../../text.ts'
import { ModeMark } from '../network/groups/groups-view.tsx'
import { GroupLink } from '../network/rules/rule-drawer.tsx'

/** Groups that it is in, with their modes. */
export function GroupsSection({ workload }: { workload: string }) {
  const { data } = useGroupsOf(workload)
  if (!useMay('policy:read')) return null
  return (
    <section aria-label="Groups">
      <h2>Groups and modes</h2>
      {data && data.length === 0 ? <p className="faint">It is in none: it does not run now.</p> : null}
      {data && data.length > 0 ? (
        <table className="list">
          <caption className="quiet">Groups that it is in</caption>
          <thead>
            <tr>
              <th scope="col">Group</th>
              <th scope="col">Network</th>
              <th scope="col">Processes, files</th>
              <th scope="col" className="number">
                Rules
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map(({ name, mode, profileMode, rules }) => (
              <tr key={name}>
                <th scope="row" data-label="Group">
                  <GroupLink name={name} />
                </th>
                <td data-label="Network">
                  <ModeMark mode={mode} />
                </td>
                <td data-label="Processes">
                  <ModeMark mode={profileMode} />
                </td>
                <td data-label="Rules" className="number">
                  {fullNumber(rules)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  )
}
