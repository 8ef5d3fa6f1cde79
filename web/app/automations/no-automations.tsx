import Link from "next/link";
import { buttonClass } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { type AutomationsSearch, automationsHref } from "./search-params.ts";

const inCode = `import { Automation } from "antiphon";

await new Automation({
  name: "order without a shipment",
  trigger: {
    type: "event",
    posture: "Proactive",
    after: ["order.created"],
    expect: ["order.shipped"],
    forEach: ["prefect.resource.id"],
    within: 3600,
  },
  actions: [{ type: "do-nothing" }],
}).create();`;

const inYaml = `name: order without a shipment
trigger:
  type: event
  posture: Proactive
  after: [order.created]
  expect: [order.shipped]
  for_each: [prefect.resource.id]
  within: 3600
actions:
  - type: do-nothing`;

/** What stands where there is no automation: how one is made, or that none fits. */
export function NoAutomations({ search }: { search: AutomationsSearch }) {
  if (automationsHref(search) !== "/automations")
    return (
      <Empty title="No automation fits">
        <Link href="/automations" className={`${buttonClass("plain", "small")} mt-2`}>
          Show all automations
        </Link>
      </Empty>
    );
  return (
    <div className="flex flex-col gap-5 px-4 py-8 sm:px-8">
      <div className="text-center">
        <p className="font-medium">No automations yet</p>
        <p className="mx-auto mt-1 max-w-xl text-sm text-soft">
          An automation watches events and acts when its trigger fires. Write one here, define it in code, or
          in a file that{" "}
          <code className="font-mono text-xs">npx antiphon automation apply -f automations.yaml</code> stores.
          It appears here at once.
        </p>
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        <Example title="in TypeScript" text={inCode} />
        <Example title="in YAML" text={inYaml} />
      </div>
    </div>
  );
}

function Example({ title, text }: { title: string; text: string }) {
  return (
    <figure className="min-w-0 rounded-lg border border-line">
      <figcaption className="flex items-center justify-between border-b border-line px-3 py-1.5 text-xs text-soft">
        <span className="first-letter:uppercase">{title}</span>
        <CopyButton text={text} what={`the example ${title}`} />
      </figcaption>
      <pre className="overflow-x-auto p-3 font-mono text-[12.5px] leading-relaxed">
        <code>{text}</code>
      </pre>
    </figure>
  );
}
