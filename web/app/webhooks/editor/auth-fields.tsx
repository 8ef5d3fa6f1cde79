"use client";

import { Labelled } from "../../../form/labelled.tsx";
import type { HmacAlgorithm, HmacEncoding, WebhookAuthType } from "../../../gql/graphql.ts";
import { authTypes, needsSecret } from "../auth-words.ts";
import type { Draft } from "./draft.ts";

type Auth = Draft["auth"];

interface Props {
  auth: Auth;
  /** The way that is stored with a secret; null where none is. */
  storedSecretOf: WebhookAuthType | null;
  /** What is wrong with a field, by its name; of `auth` itself, the way. */
  issuesOf: (field: string) => readonly string[];
  onChange: (auth: Auth) => void;
}

const mostSecrets = 3;

/** How requests prove who sends them. */
export function AuthFields({ auth, storedSecretOf, issuesOf, onChange }: Props) {
  const set = (part: Partial<Auth>) => onChange({ ...auth, ...part });
  return (
    <>
      <Labelled label="Authentication" help={authTypes[auth.type].how} issues={issuesOf("type")}>
        {(aria) => (
          <select
            {...aria}
            value={auth.type}
            onChange={(event) => set({ type: authTypeIn(event.target.value) })}
            className="control sm:w-72"
          >
            {Object.entries(authTypes).map(([type, { name }]) => (
              <option key={type} value={type}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {auth.type === "HMAC" ? <HmacFields auth={auth} issuesOf={issuesOf} set={set} /> : null}
      {needsSecret(auth.type) ? (
        <>
          {auth.secrets.map((secret, index) => (
            <Labelled
              // biome-ignore lint/suspicious/noArrayIndexKey: secrets have no other identity than their place
              key={index}
              label={index === 0 ? "Secret" : `Secret ${index + 1}`}
              required={index === 0 && storedSecretOf !== auth.type}
              issues={index === 0 ? issuesOf("secrets") : []}
              {...(index === 0 && storedSecretOf === auth.type
                ? { help: "One is stored. It stays where this is left empty." }
                : {})}
            >
              {(aria) => (
                <input
                  {...aria}
                  type="password"
                  autoComplete="off"
                  value={secret}
                  placeholder={storedSecretOf === auth.type ? "••••••••" : undefined}
                  onChange={(event) => set({ secrets: auth.secrets.with(index, event.target.value) })}
                  className="control font-mono sm:w-96"
                />
              )}
            </Labelled>
          ))}
          {auth.secrets.length < mostSecrets ? (
            <button
              type="button"
              className="empty-slot"
              onClick={() => set({ secrets: [...auth.secrets, ""] })}
            >
              Another secret, to change them over
            </button>
          ) : null}
        </>
      ) : null}
    </>
  );
}

function HmacFields({
  auth,
  issuesOf,
  set,
}: Pick<Props, "auth" | "issuesOf"> & { set: (part: Partial<Auth>) => void }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Labelled label="Header" required issues={issuesOf("header")}>
        {(aria) => (
          <input
            {...aria}
            value={auth.header}
            placeholder="X-Signature"
            onChange={(event) => set({ header: event.target.value })}
            className="control"
          />
        )}
      </Labelled>
      <Labelled label="Before the signature" issues={issuesOf("prefix")}>
        {(aria) => (
          <input
            {...aria}
            value={auth.prefix}
            placeholder="nothing, or sha256="
            onChange={(event) => set({ prefix: event.target.value })}
            className="control"
          />
        )}
      </Labelled>
      <Labelled label="Algorithm" issues={issuesOf("algorithm")}>
        {(aria) => (
          <select
            {...aria}
            value={auth.algorithm}
            onChange={(event) =>
              set({ algorithm: algorithms.find((one) => one === event.target.value) ?? "SHA256" })
            }
            className="control"
          >
            {algorithms.map((algorithm) => (
              <option key={algorithm}>{algorithm}</option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label="Written as" issues={issuesOf("encoding")}>
        {(aria) => (
          <select
            {...aria}
            value={auth.encoding}
            onChange={(event) =>
              set({ encoding: encodings.find((one) => one === event.target.value) ?? "HEX" })
            }
            className="control"
          >
            {encodings.map((encoding) => (
              <option key={encoding}>{encoding}</option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled
        label="Header with the time"
        help="Where there is one, the signature is over <time>.<body>."
        issues={issuesOf("timestampHeader")}
      >
        {(aria) => (
          <input
            {...aria}
            value={auth.timestampHeader}
            placeholder="none"
            onChange={(event) => set({ timestampHeader: event.target.value })}
            className="control"
          />
        )}
      </Labelled>
      <Labelled label="Seconds it may differ" issues={issuesOf("tolerance")}>
        {(aria) => (
          <input
            {...aria}
            inputMode="numeric"
            value={auth.tolerance}
            placeholder="300"
            onChange={(event) => set({ tolerance: event.target.value })}
            className="control"
          />
        )}
      </Labelled>
    </div>
  );
}

const algorithms: readonly HmacAlgorithm[] = ["SHA1", "SHA256", "SHA512"];
const encodings: readonly HmacEncoding[] = ["HEX", "BASE64"];

function authTypeIn(text: string): WebhookAuthType {
  return (Object.keys(authTypes) as WebhookAuthType[]).find((type) => type === text) ?? "NONE"; // the table's own keys
}
