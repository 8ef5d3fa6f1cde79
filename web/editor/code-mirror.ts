import { autocompletion, type Completion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { theme } from "./theme.ts";
import type { Form, Range } from "./written.ts";

/** Something to be said at a place of the text. */
export interface Problem extends Range {
  readonly severity: "error" | "warning";
  readonly message: string;
}

/** What could stand from `from` to where the cursor is. */
export interface Suggested {
  readonly from: number;
  readonly options: readonly Completion[];
}

/** What could be typed at a place of the text; null where nothing is known. */
export type Suggest = (text: string, at: number, form: Form) => Suggested | null;

interface Setup {
  parent: HTMLElement;
  text: string;
  form: Form;
  label: string;
  onText: (text: string) => void;
  suggest: Suggest;
}

/** An editor in the page. */
export interface Editor {
  /** Shows another text, as one step that can be undone. */
  show(text: string, form: Form): void;
  mark(problems: readonly Problem[]): void;
  /** Selects a place and goes there. */
  goTo(place: Range): void;
  close(): void;
}

const languages: Record<Form, () => Extension> = { YAML: yaml, JSON: json };

/** Puts CodeMirror into the page. */
export function openEditor({ parent, text, form, label, onText, suggest }: Setup): Editor {
  const language = new Compartment();
  let shown = form;
  const complete = (context: { state: EditorState; pos: number; explicit: boolean }) => {
    const found = suggest(context.state.doc.toString(), context.pos, shown);
    if (found === null || (!context.explicit && found.from === context.pos && !isOpening(context)))
      return null;
    return { from: found.from, options: [...found.options], validFor: /^[\w.*/-]*$/ };
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        indentOnInput(),
        indentUnit.of("  "),
        bracketMatching(),
        language.of(languages[form]()),
        autocompletion({ override: [complete], icons: false, defaultKeymap: true }),
        // Tab leaves the editor: who has no mouse must get out of it.
        keymap.of([
          { key: "Mod-]", run: indentMore },
          { key: "Mod-[", run: indentLess },
          ...completionKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          ...lintKeymap,
        ]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onText(update.state.doc.toString());
        }),
        theme,
      ],
    }),
  });
  return {
    show(next, nextForm) {
      const effects = nextForm === shown ? [] : [language.reconfigure(languages[nextForm]())];
      shown = nextForm;
      const { doc } = view.state;
      const changes = doc.toString() === next ? [] : [{ from: 0, to: doc.length, insert: next }];
      if (changes.length > 0 || effects.length > 0) view.dispatch({ changes, effects });
    },
    mark(problems) {
      const most = view.state.doc.length;
      const diagnostics: Diagnostic[] = problems.map(({ from, to, severity, message }) => ({
        from: Math.min(from, most),
        to: Math.min(to, most),
        severity,
        message,
      }));
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    goTo({ from, to }) {
      const most = view.state.doc.length;
      const selection = { anchor: Math.min(from, most), head: Math.min(to, most) };
      view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.anchor, { y: "center" }) });
      view.focus();
    },
    close: () => view.destroy(),
  };
}

/** Behind a name with its colon, or a quote, where what it takes is offered at once. */
function isOpening({ state, pos }: { state: EditorState; pos: number }): boolean {
  return /:\s$|"$/.test(state.sliceDoc(Math.max(0, pos - 2), pos));
}
