import { z } from "zod";

/** What goes through: when it was sent, and some text. */
export const Sent = z.object({ sentAt: z.number(), text: z.string() }).meta({ id: "Sent" });
export const text = "Somebody said something that all who listen want to hear. ";
