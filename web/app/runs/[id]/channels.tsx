import type { ChannelFragment } from "../../../gql/graphql.ts";

/** What a run receives, and what waits for it under which type. */
export function Channels({ channels }: { channels: readonly ChannelFragment[] }) {
  if (channels.length === 0)
    return <p className="text-sm text-soft">This run has not received messages, and none wait for it.</p>;
  return (
    <ul className="flex flex-col gap-2">
      {channels.map((channel) => (
        <li key={channelName(channel)} className="flex items-center gap-2 text-sm">
          <span
            className={`size-2 shrink-0 rounded-full ${channel.listening ? "bg-good" : "bg-strong"}`}
            aria-hidden="true"
          />
          <span className="min-w-0 flex-1 truncate font-mono text-[13px]" title={channelName(channel)}>
            {channelName(channel)}
          </span>
          {channel.pending > 0 ? (
            <span className="text-xs text-waiting-ink tabular-nums">{channel.pending} waiting</span>
          ) : null}
          <span className="text-xs text-faint">{channel.listening ? "listening" : "nobody listens"}</span>
        </li>
      ))}
    </ul>
  );
}

/** What a channel is called: the prefix that names it, else its type. */
export function channelName({
  keyPrefix,
  inputType,
}: Pick<ChannelFragment, "keyPrefix" | "inputType">): string {
  return keyPrefix ?? inputType;
}
