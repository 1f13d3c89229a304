/** A message box: Enter sends, Shift+Enter breaks the line, ↑ in an empty box brings back what was sent before. */
export function composer(form, box, send) {
  const sent = [];
  let back = 0;
  const submit = async () => {
    const text = box.value.trim();
    if (text === '') return;
    sent.push(text);
    back = 0;
    box.value = '';
    await send(text);
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    void submit();
  };
  box.onkeydown = (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void submit();
    }
    const isRecalling = box.value === '' || box.value === sent.at(-back);
    if (event.key === 'ArrowUp' && isRecalling && back < sent.length) {
      event.preventDefault();
      back += 1;
      box.value = sent.at(-back);
    }
  };
}
