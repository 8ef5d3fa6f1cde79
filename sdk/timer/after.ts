/** The longest time that a timer of Node waits, in milliseconds; one that is longer would end at once. */
const longestMs = 2 ** 31 - 1;

/** Calls `act` once, after so many seconds, also where they are months. Returns what ends that. */
export function after(seconds: number, act: () => void): () => void {
  const end = performance.now() + seconds * 1000;
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    const left = Math.max(0, end - performance.now());
    timer = left > longestMs ? setTimeout(wait, longestMs) : setTimeout(act, left);
  };
  wait();
  return () => clearTimeout(timer);
}

/** Calls `act` again and again, every so many seconds. Returns what ends that. */
export function every(seconds: number, act: () => void): () => void {
  const timer = setInterval(act, Math.min(seconds * 1000, longestMs));
  return () => clearInterval(timer);
}
