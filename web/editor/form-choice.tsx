import type { Form } from "./written.ts";

const forms: readonly Form[] = ["YAML", "JSON"];

interface Props {
  form: Form;
  disabled?: boolean;
  onForm: (form: Form) => void;
}

/** Chooses how a value is written. */
export function FormChoice({ form, disabled = false, onForm }: Props) {
  return (
    <fieldset
      aria-label="Form"
      disabled={disabled}
      className="flex rounded-md border border-line text-xs disabled:opacity-50"
    >
      {forms.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === form}
          onClick={() => onForm(each)}
          className="px-2 py-1 text-soft first:rounded-l-md last:rounded-r-md hover:bg-sunk aria-pressed:bg-accent/10 aria-pressed:text-ink"
        >
          {each}
        </button>
      ))}
    </fieldset>
  );
}
