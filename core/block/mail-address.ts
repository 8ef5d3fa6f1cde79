import { z } from "zod";
import { line } from "./fields.ts";

/** An address, or a name and in angle brackets its address. */
export const mailAddress = () =>
  line(320).regex(/^(?:[^<>]*<[^\s<>@,;]+@[^\s<>@,;]+>|[^\s<>@,;]+@[^\s<>@,;]+)$/, {
    error: "must be an e-mail address such as ops@example.org or Ops <ops@example.org>",
  });

export const mailAddresses = () =>
  z.array(mailAddress()).max(100, { error: "must have at most 100 addresses" });

/** Name and address of what `mailAddress` takes. */
export function readMailAddress(text: string): { name?: string; email: string } {
  const [, name = "", email = text] = /^([^<>]*)<(.*)>$/.exec(text) ?? [];
  const plain = name.trim().replace(/^"(.*)"$/, "$1");
  return { email, ...(plain !== "" && { name: plain }) };
}
