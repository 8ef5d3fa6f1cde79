export type NumberReading = { ok: true; value: number } | { ok: false; message: string };

/** What somebody typed, as a number that JSON gives back as it was typed. */
export function readNumber(text: string): NumberReading {
  const trimmed = text.trim();
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(trimmed))
    return { ok: false, message: "must be a number" };
  const value = Number(trimmed);
  if (!Number.isFinite(value)) return { ok: false, message: "is too large for a number" };
  const digits = trimmed.replace(/^\+/, "");
  if (/^-?\d+$/.test(digits) && String(value) !== digits && BigInt(digits) !== BigInt(value))
    return { ok: false, message: `has more digits than a number keeps (it would become ${value})` };
  return { ok: true, value };
}
