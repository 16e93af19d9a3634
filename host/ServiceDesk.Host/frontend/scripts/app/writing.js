// Puts words in place of others as if they were typed, so that the browser's own undo takes them back.
export function replace(area, start, end, words) {
  area.focus();
  area.setSelectionRange(start, end);
  const isDone = words ? document.execCommand("insertText", false, words) : start === end || document.execCommand("delete");
  if (!isDone) {
    area.setRangeText(words, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
