// What is chosen in the words of a message is taken over as the passage that goes.
export function startRedaction(root) {
  const words = root.querySelector("[data-words]");
  const passage = root.querySelector("[data-passage]");
  words?.addEventListener("select", () => {
    const chosen = words.value.slice(words.selectionStart, words.selectionEnd);
    if (passage && chosen.trim()) {
      passage.value = chosen;
    }
  });
}
