let waiting = 0;
let timer: NodeJS.Timeout | undefined;

/**
 * Keeps the process alive until the returned function is called (once; later calls do nothing). The socket itself
 * never does, so a script ends by itself as soon as no call waits.
 */
export function hold(): () => void {
  waiting += 1;
  timer ??= setInterval(() => undefined, 2 ** 30);
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    waiting -= 1;
    if (waiting > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
