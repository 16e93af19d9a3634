// Nothing is drawn again beneath a pressed pointer: a link or button that is replaced between press and release gets no click.
// One part is drawn after the other, so that what is kept over a drawing (live.js) is whole before the next begins.
const longest = 10000;
// The click of a tap comes a moment after its release.
const afterwards = 50;

export function holdSwaps(htmx) {
  let pressed = null;
  const press = () => {
    const { promise, resolve } = Promise.withResolvers();
    pressed?.end();
    pressed = { ended: promise, end: resolve };
    // A release that nobody tells of must not stop the page.
    setTimeout(resolve, longest);
  };
  const release = () => pressed && setTimeout(pressed.end, afterwards);
  addEventListener("pointerdown", press, true);
  addEventListener("pointerup", release, true);
  addEventListener("pointercancel", release, true);

  const swap = htmx.swap.bind(htmx);
  let last = Promise.resolve();
  htmx.swap = (context) => {
    const drawn = last.then(() => pressed?.ended).then(() => swap(context));
    last = drawn.catch(() => {});
    return drawn;
  };
}
