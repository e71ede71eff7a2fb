// A new question goes to the top of the chat, so that its first quote is what one sees; quotes that arrive move nothing.
let turns = 0;
watch('value', () => {
  const every = element.querySelectorAll('.otr-turn');
  if (every.length > turns) {
    const scroller = element.closest('.otr-log') || element;
    const last = every[every.length - 1];
    requestAnimationFrame(() => {
      if (scroller.scrollHeight > scroller.clientHeight + 1 && getComputedStyle(scroller).overflowY !== 'visible') {
        scroller.scrollTop += last.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 8;
      } else {
        last.scrollIntoView({block: 'start'});
      }
    });
  }
  turns = every.length;
});
