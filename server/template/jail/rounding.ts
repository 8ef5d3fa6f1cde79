/** A number with this many digits behind the point, halves to the even one, as Python rounds. */
export function rounded(number: number, digits: number): number {
  if (!Number.isFinite(number) || Math.abs(number) >= 1e21) return number;
  if (digits < 0) {
    const unit = 10 ** Math.min(-digits, 308);
    return halfEven(number / unit) * unit;
  }
  if (digits === 0) return halfEven(number);
  const places = Math.min(digits, 60);
  const exact = number.toFixed(Math.min(places + 40, 100));
  const cut = exact.slice(exact.length - 40);
  const near = Number(number.toFixed(places));
  if (!/^50*$/.test(cut)) return near;
  const down = Number(exact.slice(0, exact.length - 40));
  return /[02468]$/.test(exact.slice(0, exact.length - 40)) ? down : down + Math.sign(number) * 10 ** -places;
}

function halfEven(number: number): number {
  const floor = Math.floor(number);
  const part = number - floor;
  if (part !== 0.5) return Math.round(number);
  return floor % 2 === 0 ? floor : floor + 1;
}
