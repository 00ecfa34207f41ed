// Numbers in words, the same as numbers.py writes: halves round away from 0. Every scene has these.

export function decimals(number, n) {
  const scale = 10 ** n, whole = Math.floor(Math.abs(number) * scale + 0.5);
  return (number < 0 && whole ? "−" : "") + (whole / scale).toFixed(n);
}

export function thousands(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

// With two decimals, unless the divisor is 1.
export function quotient(total, divisor) {
  const hundredths = Math.floor((200 * Math.abs(total) + divisor) / (2 * divisor));
  const sign = total < 0 && hundredths ? "−" : "";
  if (divisor === 1) return `${sign}${Math.abs(total)}`;
  return `${sign}${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
}
