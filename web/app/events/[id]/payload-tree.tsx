import { JsonView } from "../../../ui/json-view.tsx";

const openDepth = 2;
const mostOpen = 40;
const mostEntries = 500;

/** A JSON value as a tree whose branches open and close. */
export function PayloadTree({ value }: { value: unknown }) {
  const entries = entriesOf(value);
  if (entries === null) return <JsonView value={value} />;
  if (entries.length === 0) return <p className="text-sm text-soft">Empty.</p>;
  return <Entries entries={entries} depth={0} />;
}

function Entries({ entries, depth }: { entries: readonly [string, unknown][]; depth: number }) {
  return (
    <ul className={`font-mono text-[12.5px] leading-6 ${depth === 0 ? "" : "border-l border-line pl-4"}`}>
      {entries.slice(0, mostEntries).map(([key, value]) => (
        <li key={key}>
          <Entry name={key} value={value} depth={depth} />
        </li>
      ))}
      {entries.length > mostEntries ? (
        <li className="text-faint">and {entries.length - mostEntries} more; the JSON below has all</li>
      ) : null}
    </ul>
  );
}

function Entry({ name, value, depth }: { name: string; value: unknown; depth: number }) {
  const entries = entriesOf(value);
  if (entries === null || entries.length === 0)
    return (
      <span className="wrap-anywhere">
        <span className="text-soft">{name}: </span>
        <Leaf value={value} />
      </span>
    );
  return (
    <details open={depth < openDepth && entries.length <= mostOpen}>
      <summary className="wrap-anywhere text-soft hover:text-ink">
        {name}{" "}
        <span className="text-faint">
          {Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`}
        </span>
      </summary>
      <Entries entries={entries} depth={depth + 1} />
    </details>
  );
}

function Leaf({ value }: { value: unknown }) {
  const look =
    typeof value === "string"
      ? "text-good-ink"
      : typeof value === "number"
        ? "text-going-ink"
        : "text-planned-ink";
  return <span className={`whitespace-pre-wrap ${look}`}>{JSON.stringify(value)}</span>;
}

/** What is inside of an object or a list; null for any other value. */
function entriesOf(value: unknown): [string, unknown][] | null {
  return typeof value === "object" && value !== null ? Object.entries(value) : null;
}
