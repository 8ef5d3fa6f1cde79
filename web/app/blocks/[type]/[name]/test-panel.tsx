"use client";

import { useState } from "react";
import { useMutation } from "urql";
import { isJsonObject } from "../../../../../core/json.ts";
import type { ShownBlockTypeFragment, TestBlockMutation } from "../../../../gql/graphql.ts";
import { refusedText } from "../../../../lib/graphql/refused.ts";
import { jsonOf } from "../../../../lib/json-of.ts";
import { Button } from "../../../../ui/button.tsx";
import { JsonView } from "../../../../ui/json-view.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import { testBlockDocument } from "../../documents.ts";

type Test = Extract<TestBlockMutation["testBlock"], { __typename: "BlockTest" }>;

interface Props {
  block: { id: string; name: string };
  type: ShownBlockTypeFragment;
}

/** Tries a block out, and shows what came of it. */
export function TestPanel({ block, type }: Props) {
  const calls = type.capabilities.includes("CALL");
  const [{ fetching }, test] = useMutation(testBlockDocument);
  const [outcome, setOutcome] = useState<Test | { refusal: string } | null>(null);
  const ask = async () => {
    setOutcome(null);
    const { data, error } = await test({ id: block.id });
    const result = data?.testBlock;
    setOutcome(result?.__typename === "BlockTest" ? result : { refusal: refusedText(result, error) });
  };
  return (
    <Panel title="Does it work?">
      <p className="text-[13px] text-soft">
        {calls
          ? "Makes one call that says that it is a test"
          : "Sends one message that says that it is a test"}
        , as the block is stored.
      </p>
      <Button className="mt-3" busy={fetching} disabled={fetching} onClick={ask}>
        {calls ? "Make a test call" : "Send a test message"}
      </Button>
      <div role="status" className="mt-3 text-sm empty:hidden">
        {outcome === null ? null : "refusal" in outcome ? (
          <p className="text-bad-ink">{outcome.refusal}</p>
        ) : (
          <Outcome {...outcome} />
        )}
      </div>
    </Panel>
  );
}

function Outcome({ ok, reason, log, result }: Test) {
  const shown = jsonOf(result);
  return (
    <div className="flex flex-col gap-2">
      <p className="flex items-start gap-2">
        <span
          className={`shrink-0 rounded px-1.5 py-0.5 text-xs font-medium ${ok ? "bg-good/15 text-good-ink" : "bg-bad/12 text-bad-ink"}`}
        >
          {ok ? "It was taken" : "It failed"}
        </span>
        <span className="min-w-0 wrap-anywhere">{reason}</span>
      </p>
      {log.length === 0 ? null : (
        <pre className="overflow-x-auto rounded-md bg-sunk px-2.5 py-2 font-mono text-[12.5px] leading-relaxed whitespace-pre-wrap wrap-anywhere">
          {log.join("\n")}
        </pre>
      )}
      {isJsonObject(shown) && Object.keys(shown).length > 0 ? (
        <details>
          <summary className="w-fit text-[13px] text-soft hover:text-ink">Result</summary>
          <JsonView value={shown} className="mt-1 rounded-md bg-sunk px-2.5 py-2" />
        </details>
      ) : null}
    </div>
  );
}
