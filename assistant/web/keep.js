// The chat outlives a reload of its tab, and nothing else: what it cites is kept in the tab's own storage.
const KEY = 'on-the-record chat';
const MOST = 900000;             // bytes as they are sent after a reload; the server takes a megabyte
watch('value', () => {
  try {
    if (JSON.stringify(props.value ?? '').length > MOST) throw new RangeError(KEY);
    if (props.value) sessionStorage.setItem(KEY, props.value);
    else sessionStorage.removeItem(KEY);
  } catch {                       // too long, no room, or no storage: the chat is then gone after a reload
    console.warn('This chat is too long to be kept over a reload of the page.');
  }
});
