// Nothing is drawn again beneath a pressed pointer: a link or button that is replaced between press and release gets no click.
const longest = 2000;
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
  htmx.swap = async (context) => {
    await pressed?.ended;
    return swap(context);
  };
}
