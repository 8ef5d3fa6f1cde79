"use client";

import { useCallback, useRef, useState } from "react";

interface FieldLabels {
  labels: ReadonlyMap<string, string>;
  register: (key: string, label: string) => () => void;
}

/** The labels of the fields that are on the page now, by their keys; two may share one, such as a union and its branch. */
export function useFieldLabels(): FieldLabels {
  const fields = useRef<{ key: string; label: string }[]>([]);
  const [labels, setLabels] = useState<ReadonlyMap<string, string>>(new Map());
  const register = useCallback((key: string, label: string) => {
    const field = { key, label };
    const update = () =>
      setLabels((current) => {
        const now = fields.current.findLast((one) => one.key === key)?.label;
        if (current.get(key) === now) return current;
        const next = new Map(current);
        if (now === undefined) next.delete(key);
        else next.set(key, now);
        return next;
      });
    fields.current.push(field);
    update();
    return () => {
      fields.current = fields.current.filter((one) => one !== field);
      update();
    };
  }, []);
  return { labels, register };
}
