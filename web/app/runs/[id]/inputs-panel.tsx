"use client";

import { useState } from "react";
import { useClient } from "urql";
import type { InputFragment, RunPageQuery } from "../../../gql/graphql.ts";
import { useStream } from "../../../lib/graphql/use-stream.ts";
import { Button } from "../../../ui/button.tsx";
import { FollowScroll } from "../../../ui/follow-scroll.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { earlierInputs, runInputs } from "./documents.ts";
import { InputItem } from "./input-item.tsx";
import { firstInputs, followedInputs } from "./sizes.ts";
import type { InputStatus } from "./use-surroundings.ts";

interface Props {
  id: string;
  initial: NonNullable<RunPageQuery["flowRun"]>["inputs"];
  statuses: ReadonlyMap<string, InputStatus>;
  /** Something came in. */
  onArrival: () => void;
}

interface Book {
  inputs: readonly InputFragment[];
  hasEarlier: boolean;
}

/** A run's messages and answers, live behind what the server rendered. */
export function InputsPanel({ id, initial, statuses, onArrival }: Props) {
  const client = useClient();
  const [{ inputs, hasEarlier }, setBook] = useState<Book>({
    inputs: initial.nodes,
    hasEarlier: initial.pageInfo.hasPreviousPage,
  });
  const [following, setFollowing] = useState(true);
  const [loading, setLoading] = useState(false);
  const refusal = useStream({
    document: runInputs,
    key: id,
    variables: () => ({ id, after: inputs.at(-1)?.cursor ?? initial.pageInfo.endCursor }),
    onItems: (items) => {
      const arrived = items.map(({ runInputs: input }) => input);
      setBook((before) => {
        const all = [...before.inputs, ...arrived];
        const kept = following ? all.slice(-followedInputs) : all;
        return { inputs: kept, hasEarlier: before.hasEarlier || kept.length < all.length };
      });
      onArrival();
    },
  });
  const readEarlier = async () => {
    setLoading(true);
    const { data } = await client
      .query(earlierInputs, { id, last: firstInputs, before: inputs[0]?.cursor })
      .toPromise();
    const page = data?.flowRun?.inputs;
    if (page)
      setBook((before) => ({
        inputs: [...page.nodes, ...before.inputs],
        hasEarlier: page.pageInfo.hasPreviousPage,
      }));
    setLoading(false);
  };
  return (
    <Panel
      title="Inputs"
      flush
      aside={<span className="text-xs text-soft">messages and answers, oldest first</span>}
    >
      {refusal === null ? null : <Notice look="bad">The inputs are not live: {refusal}</Notice>}
      <FollowScroll
        label="Inputs of this run"
        following={following}
        onFollowing={setFollowing}
        version={inputs}
        className="max-h-112"
      >
        {hasEarlier ? (
          <div className="p-2 text-center">
            <Button size="small" look="quiet" busy={loading} disabled={loading} onClick={readEarlier}>
              Load earlier inputs
            </Button>
          </div>
        ) : null}
        {inputs.length === 0 ? (
          <p className="px-4 py-10 text-center text-sm text-soft">Nothing was sent or answered yet.</p>
        ) : null}
        <ol className="divide-y divide-line">
          {inputs.map((input) => (
            <InputItem key={input.id} input={{ ...input, ...statuses.get(input.id) }} />
          ))}
        </ol>
      </FollowScroll>
    </Panel>
  );
}
