import { expect, it } from "vitest";
import { retryAfter } from "../../../server/outgoing/retry-after.ts";
import { shownHeaders } from "../../../server/outgoing/shown-headers.ts";
import { signatureHeaders } from "../../../server/outgoing/signature.ts";

it("signs as the example of Standard Webhooks does", () => {
  const message = {
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestamp: new Date(1_614_265_330_000),
    body: '{"test": 2432232314}',
  };
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  expect(signatureHeaders(message, [secret])).toEqual({
    "webhook-id": message.id,
    "webhook-timestamp": "1614265330",
    "webhook-signature": signature,
  });
  const rotated = signatureHeaders(message, [secret, "whsec_AAAA"])["webhook-signature"];
  expect(rotated).toMatch(/^v1,\S{44} v1,\S{44}$/);
  expect(rotated?.startsWith(signature)).toBe(true);
  expect(signatureHeaders(message, [])).not.toHaveProperty("webhook-signature");
});

it("shows no header that is secret or noise", () => {
  const kept = { "content-type": "text/plain", "x-request-id": "1" };
  const hidden = {
    authorization: "a",
    "set-cookie": "b",
    traceparent: "c",
    via: "d",
    "x-forwarded-for": "e",
  };
  const more = {
    "x-b3-traceid": "f",
    "x-cloud-trace-context": "g",
    "x-envoy-upstream": "h",
    "x-antiphon-a": "i",
  };
  expect(shownHeaders({ ...hidden, ...kept, ...more })).toEqual(kept);
});

it("reads Retry-After in both of its forms", () => {
  const now = new Date("2026-11-21T10:00:00Z");
  expect(retryAfter("120", now)).toBe(120);
  expect(retryAfter("Sat, 21 Nov 2026 10:01:30 GMT", now)).toBe(90);
  expect(retryAfter("Sat, 21 Nov 2026 09:00:00 GMT", now)).toBe(0);
  expect(retryAfter("soon", now)).toBeNull();
  expect(retryAfter(undefined, now)).toBeNull();
});
