const pad = (number: number, digits = 2) => String(number).padStart(digits, "0");

/** What an input of type `datetime-local` shows of a timestamp: the same moment on this computer's clock. Empty for what is none. */
export function toLocalInput(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return "";
  const day = `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

/** The forms in which a moment picked on this computer's clock can be written; the usual one first. */
export function momentForms(local: string): string[] {
  const date = new Date(local);
  if (Number.isNaN(date.getTime())) return [];
  const utc = date.toISOString();
  const minutes = -date.getTimezoneOffset();
  const sign = minutes < 0 ? "-" : "+";
  const offset = `${sign}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
  const seconds = toLocalInput(local);
  return [utc, utc.replace(/\.\d+Z$/, "Z"), `${seconds}${offset}`, seconds, seconds.slice(0, 16)];
}

/** The forms in which a time of day can be written. */
export function timeForms(time: string): string[] {
  const seconds = time.length === 5 ? `${time}:00` : time;
  return [seconds, time, `${seconds}Z`];
}

/** What an input of type `time` shows. */
export function toTimeInput(text: string): string {
  return /^\d\d:\d\d(?::\d\d)?/.exec(text)?.[0] ?? "";
}
