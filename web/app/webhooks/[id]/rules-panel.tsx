import { Panel } from "../../../ui/panel.tsx";
import { authTypes } from "../auth-words.ts";
import type { WebhookShown } from "./webhook-view.tsx";

/** Who may call, and how. */
export function RulesPanel({ webhook }: { webhook: WebhookShown }) {
  const { auth, allowedMethods, rateLimit, allowReserved } = webhook;
  const facts: [string, string][] = [
    ["Authentication", authTypes[auth.type].name],
    ...(auth.header ? [["Header", auth.header] satisfies [string, string]] : []),
    ["Methods", allowedMethods.length === 0 ? "all" : allowedMethods.join(", ")],
    ["Rate", rateLimit == null ? "as the server is set" : `${rateLimit} a second`],
    ["Reserved names", allowReserved ? "allowed" : "refused"],
  ];
  return (
    <Panel title="Who may call">
      <dl className="flex flex-col gap-2 text-[13px]">
        {facts.map(([name, said]) => (
          <div key={name} className="flex gap-3">
            <dt className="w-28 shrink-0 text-faint">{name}</dt>
            <dd className="min-w-0 wrap-anywhere">{said}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-xs text-faint">{authTypes[auth.type].how}</p>
    </Panel>
  );
}
