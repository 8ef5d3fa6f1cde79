import type { Checked } from "./use-check.ts";

interface Props {
  checked: Checked;
  wrong: number;
  doubtful: number;
}

/** Says how the document stands. */
export function CheckSign({ checked, wrong, doubtful }: Props) {
  const { text, look } = signOf({ checked, wrong, doubtful });
  return (
    <span role="status" className={`ml-auto text-[13px] ${look}`}>
      {text}
    </span>
  );
}

function signOf({ checked: { by }, wrong, doubtful }: Props): { text: string; look: string } {
  if (wrong > 0) return { text: wrong === 1 ? "1 problem" : `${wrong} problems`, look: "text-bad-ink" };
  switch (by) {
    case "here":
    case "asking":
      return { text: "Checking…", look: "text-faint" };
    case "unreachable":
      return {
        text: "The server cannot be asked: templates and names are not checked",
        look: "text-waiting-ink",
      };
    case "server":
      return doubtful === 0
        ? { text: "Nothing is wrong", look: "text-good-ink" }
        : { text: doubtful === 1 ? "1 warning" : `${doubtful} warnings`, look: "text-waiting-ink" };
  }
}
