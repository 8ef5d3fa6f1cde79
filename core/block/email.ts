import { z } from "zod";
import type { Issue } from "../error.ts";
import type { BlockType } from "./block-type.ts";
import { flag, line, port, secretLine } from "./fields.ts";
import { mailAddress, mailAddresses } from "./mail-address.ts";

const schema = z.strictObject({
  host: line(253)
    .regex(/^[^\s/@]+$/, { error: "must be the name of a host, without a scheme or path" })
    .meta({ title: "Server", description: "Such as smtp.example.org" }),
  port: port().optional().meta({
    title: "Port",
    description: "587 for starttls, 465 for tls, 25 for none, where it is left out.",
  }),
  security: z.enum(["starttls", "tls", "none"]).default("starttls").meta({
    title: "Security",
    description: "Whether TLS is begun in the connection, with it, or not at all.",
  }),
  verify: flag(true, { title: "Verify", description: "Whether the server's certificate must be good." }),
  username: line().optional().meta({ title: "User name" }),
  password: secretLine({ title: "Password" }).optional(),
  from: mailAddress().meta({ title: "From" }),
  to: mailAddresses().min(1, { error: "must have an address" }).meta({ title: "To" }),
  cc: mailAddresses().default([]).meta({ title: "Cc" }),
  bcc: mailAddresses().default([]).meta({ title: "Bcc" }),
});

export const email: BlockType<typeof schema> = {
  slug: "email",
  name: "E-mail",
  description: "Letters through an SMTP server.",
  capabilities: ["notify"],
  schema,
  check({ username, password }): Issue[] {
    if ((username === undefined) === (password === undefined)) return [];
    const missing = username === undefined ? "username" : "password";
    return [{ path: [missing], message: "is required: a user name and a password belong together" }];
  },
};

export type Email = z.output<typeof schema>;
