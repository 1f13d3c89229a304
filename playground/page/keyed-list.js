/** Makes a list show these items, drawn by `draw` (item → li). An item that looks as before keeps its element: what is
 * focused or selected in it stays so, and a screen reader tells only what is new. `context`: what else is drawn. */
export function keepList(list, items, keyOf, context, draw) {
  const old = new Map([...list.children].map((li) => [li.id, li]));
  const held = list.contains(document.activeElement) ? focusIn(document.activeElement) : null;
  const wanted = items.map((item) => {
    const looks = JSON.stringify([item, context]);
    const id = keyOf(item);
    const before = old.get(id);
    if (before?.looks === looks) return before;
    const li = draw(item);
    li.id = id;
    li.looks = looks;
    return li;
  });
  for (const li of [...list.children]) if (!wanted.includes(li)) li.remove();
  for (const [at, li] of wanted.entries())
    if (list.children[at] !== li) list.insertBefore(li, list.children[at] ?? null);
  if (held !== null && !list.contains(document.activeElement)) restore(held);
}

const focusIn = (focused) => ({ id: focused.closest('li')?.id ?? '', key: focused.dataset.key ?? null });

function restore({ id, key }) {
  const li = document.getElementById(id);
  const same = key === null ? null : li?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  (same ?? li)?.focus({ preventScroll: true });
}
