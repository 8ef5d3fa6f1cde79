import type { RunFragment } from "../../../gql/graphql.ts";
import { Fact } from "../../../ui/fact.tsx";
import { ResourceLink } from "../../../ui/resource-link.tsx";

/** What made a run; nothing for a flow that was called. Of what its deployment made, whether that was for a schedule or for somebody who asked. */
export function MadeBy({ run: { autoScheduled, createdBy, createdByName } }: { run: RunFragment }) {
  if (!createdBy) return null;
  if (createdBy.startsWith("prefect.deployment."))
    return <Fact name="Made by">{autoScheduled ? "its schedule" : "hand"}</Fact>;
  return (
    <Fact name="Made by">
      <ResourceLink
        labels={{
          "prefect.resource.id": createdBy,
          ...(createdByName ? { "prefect.resource.name": createdByName } : {}),
        }}
      />
    </Fact>
  );
}
