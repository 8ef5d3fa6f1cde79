/** Headers of an answer that are secret, or noise of what stands between (actions.md 1.6). */
const hidden =
  /^(?:authorization|proxy-authorization|proxy-authenticate|cookie|set-cookie|traceparent|tracestate|via|x-forwarded.*|x-b3.*|x-cloud-trace.*|x-envoy.*|x-antiphon.*)$/;

/** What may be shown and stored of an answer's headers. Names are in lower case. */
export function shownHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hidden.test(name)));
}
