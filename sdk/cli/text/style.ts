import { styleText } from "node:util";

/** How a word stands out where people read it on a terminal. */
export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Whether the output is a terminal that takes colours; `NO_COLOR`, set to anything, says that nobody wants them. */
export function colours(stream: { isTTY?: boolean } = process.stdout): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb";
}

/** The text in a style, or as it is where there are no colours. */
export function styled(style: Style | null, text: string): string {
  return style === null || text === "" || !colours()
    ? text
    : styleText(style, text, { validateStream: false });
}
