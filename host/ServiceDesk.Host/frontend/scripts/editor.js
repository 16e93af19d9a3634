// The editor of scripts, loaded on its page only. Without it the text area it stands for serves on.
import { autocompletion } from "@codemirror/autocomplete";
import { indentWithTab } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { linter, lintGutter } from "@codemirror/lint";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { basicSetup } from "codemirror";

// The colours of the design, which know light and dark themselves.
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool, tags.null], color: "var(--blue-ink)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--green-ink)" },
  { tag: [tags.number, tags.escape], color: "var(--amber-ink)" },
  { tag: tags.comment, color: "var(--ink-3)", fontStyle: "italic" },
  { tag: tags.invalid, color: "var(--red-ink)" },
]);

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--surface)" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { color: "var(--ink-3)", backgroundColor: "var(--surface)", borderRightColor: "var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--accent-soft)",
  },
  ".cm-selectionMatch": { backgroundColor: "transparent", outline: "1px solid var(--accent-line)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--accent-line)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--red-line)" },
  ".cm-tooltip, .cm-panels": {
    color: "var(--ink)",
    backgroundColor: "var(--surface)",
    border: "1px solid var(--line)",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { color: "var(--ink)", backgroundColor: "var(--accent-soft)" },
  ".cm-completionDetail": { color: "var(--ink-3)" },
});

const area = document.querySelector("textarea[data-script-editor]");
if (area) {
  edit(area, JSON.parse(document.getElementById("script-words").textContent));
}

function edit(area, words) {
  const view = new EditorView({
    doc: area.value,
    extensions: [
      basicSetup,
      syntaxHighlighting(colours),
      theme,
      javascript(),
      keymap.of([indentWithTab]),
      autocompletion({ override: [(context) => complete(context, words)] }),
      lintGutter(),
      linter((view) => check(view, area), { delay: 600 }),
      EditorView.cspNonce.of(document.querySelector("script[nonce]").nonce),
      EditorView.contentAttributes.of({ "aria-label": area.dataset.label, id: "script-editor" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) {
          area.value = view.state.doc.toString();
        }
      }),
    ],
  });
  view.dom.classList.add("script-editor");
  area.before(view.dom);
  area.hidden = true;
  document.querySelector(`label[for="${area.id}"]`)?.addEventListener("click", () => view.focus());
}

// Behind a dot what the module or the ticket has; elsewhere the names that scripts find.
function complete(context, words) {
  const member = context.matchBefore(/\b\w+\.\w*/);
  if (member) {
    const [name] = member.text.split(".");
    const entries = words[name] ?? (/ticket$/i.test(name) ? words.ticket : undefined);
    return entries ? { from: member.from + name.length + 1, options: entries.map(option) } : null;
  }

  const word = context.matchBefore(/\w+/);
  if (!word && !context.explicit) {
    return null;
  }

  const modules = Object.keys(words).filter((name) => name !== "global" && name !== "ticket");
  return {
    from: word ? word.from : context.pos,
    options: [...words.global.map(option), ...modules.map((label) => ({ label, type: "namespace" }))],
  };
}

function option([label, detail, info]) {
  return { label, detail: detail.length > 80 ? `${detail.slice(0, 80)}…` : detail, info: info || undefined, type: detail.includes("(") ? "function" : "property" };
}

async function check(view, area) {
  const body = new FormData();
  body.set("source", view.state.doc.toString());
  const token = document.querySelector('meta[name="request-token"]').content;
  const answer = await fetch(area.dataset.check, { method: "POST", body, headers: { RequestVerificationToken: token } });
  if (!answer.ok) {
    return [];
  }

  return (await answer.json()).map(({ line, column, error }) => {
    const at = view.state.doc.line(Math.min(line, view.state.doc.lines));
    const from = Math.min(at.from + Math.max(0, column - 1), at.to);
    return { from, to: Math.max(from, at.to), severity: "error", message: error };
  });
}
