import Link from "next/link";
import { DottedName } from "../../../ui/dotted-name.tsx";
import { shownResource } from "../../../ui/resource.ts";

const idLabel = "prefect.resource.id";

/** The labels of a resource, its id first. */
export function LabelTable({ labels }: { labels: Record<string, string> }) {
  const rows = Object.entries(labels).sort(([a], [b]) => Number(b === idLabel) - Number(a === idLabel));
  return (
    <table className="w-full text-[13px]">
      <thead className="sr-only">
        <tr>
          <th scope="col">Label</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, value]) => (
          <tr key={label} className="align-baseline">
            <th
              scope="row"
              className="w-2/5 py-1 pr-3 pl-4 text-left font-mono text-xs font-normal wrap-anywhere text-soft"
            >
              <DottedName name={label} />
            </th>
            <td className="py-1 pr-4 wrap-anywhere">
              {label === idLabel ? (
                <Link href={shownResource(value).href} prefetch={false} className="text-link">
                  {value}
                </Link>
              ) : value === "" ? (
                <span className="text-faint">empty</span>
              ) : (
                value
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
