const steps = 2 ** 48;

/** Makes ids that follow one another, from one made by `newId`: what is random in them is drawn once. */
export function idSeries(newId: () => string): () => string {
  let beginning = "";
  let end = 0;
  return () => {
    if (beginning === "") {
      const first = newId();
      beginning = first.slice(0, -12);
      end = Number.parseInt(first.slice(-12), 16);
      return first;
    }
    end = (end + 1) % steps;
    return beginning + end.toString(16).padStart(12, "0");
  };
}
