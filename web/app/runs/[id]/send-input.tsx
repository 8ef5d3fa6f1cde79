"use client";

import { Dialog } from "radix-ui";
import { useState } from "react";
import { useMutation } from "urql";
import type { JsonSchema } from "../../../../core/json-schema/schema.ts";
import { JsonSchemaForm } from "../../../form/json-schema-form.tsx";
import type { ChannelFragment } from "../../../gql/graphql.ts";
import { undelivered } from "../../../lib/graphql/undelivered.ts";
import { newIdempotencyKey } from "../../../lib/idempotency-key.ts";
import { schemaOf } from "../../../lib/json-of.ts";
import { Button } from "../../../ui/button.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { sendInputDocument } from "./actions.ts";
import { channelName } from "./channels.tsx";

const text: JsonSchema = { type: "string" };

interface Props {
  id: string;
  channels: readonly ChannelFragment[];
  onSent: () => void;
}

/** Sends a message to a run: in one of its channels, or as text. */
export function SendInput({ id, channels, onSent }: Props) {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState("");
  const [sent, setSent] = useState<string | null>(null);
  // Each message has a key of its own, so that sending one twice stores it once.
  const [key, setKey] = useState(newIdempotencyKey);
  const [, send] = useMutation(sendInputDocument);
  const targets = channels.some(({ inputType, keyPrefix }) => inputType === "string" && !keyPrefix)
    ? channels
    : [...channels, { inputType: "string", keyPrefix: null, schema: text, listening: false, pending: 0 }];
  const target = targets.find((channel) => channelName(channel) === chosen) ?? targets[0];
  if (target === undefined) return null;
  const submit = async (value: unknown) => {
    const { data, error } = await send({
      id,
      inputType: target.inputType,
      keyPrefix: target.keyPrefix,
      value,
      idempotencyKey: key,
    });
    if (data === undefined) return undelivered(error, "Send it again: it is stored once.");
    const result = data.sendInput;
    if (result.__typename === "RunInput") {
      setSent(
        result.listening
          ? "Sent, and the run is listening."
          : "Sent. Nobody listens to this channel now; it waits.",
      );
      setKey(newIdempotencyKey());
      onSent();
      return [];
    }
    setSent(null);
    if (result.__typename === "InvalidInputError" && result.issues.length > 0) return result.issues;
    return { heading: "The message was not taken", message: result.message };
  };
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <Button size="small" look="quiet">
          Send a message
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content className="dialog max-w-lg" aria-describedby={undefined}>
          <Dialog.Title className="text-base font-semibold">Send a message</Dialog.Title>
          <label className="flex flex-col gap-1.5 text-sm font-medium">
            Channel
            <select
              value={channelName(target)}
              onChange={(event) => {
                setChosen(event.target.value);
                setSent(null);
              }}
              className="control font-normal"
            >
              {targets.map((channel) => (
                <option key={channelName(channel)} value={channelName(channel)}>
                  {channelName(channel)}
                  {channel.listening ? " (listening)" : ""}
                </option>
              ))}
            </select>
          </label>
          {sent === null ? null : <Notice look="good">{sent}</Notice>}
          <JsonSchemaForm
            key={`${channelName(target)} ${key}`}
            schema={target.schema === null || target.schema === undefined ? true : schemaOf(target.schema)}
            label="Message"
            submitLabel="Send"
            aside={
              <Dialog.Close asChild>
                <Button>Close</Button>
              </Dialog.Close>
            }
            onSubmit={submit}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
