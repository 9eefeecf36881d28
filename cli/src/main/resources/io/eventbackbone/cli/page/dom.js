// Makes elements. Text is only ever set as text, so that no name and no event can be markup.

/**
 * @param {string} name of the element
 * @param {Object} properties its attributes; a function is a listener, undefined leaves one out
 * @param {...(Node|string)} children
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

export function byId(id) {
  return document.getElementById(id);
}

/** The time of day, with the date where it was another day. */
export function time(written) {
  const at = new Date(written);
  const day = at.toDateString() === new Date().toDateString() ? '' : `${at.toLocaleDateString()} `;
  return element('time', {datetime: written}, day + at.toLocaleTimeString());
}

/** A failure as a paragraph that screen readers read out. */
export function failure(error) {
  return element('p', {class: 'no', role: 'alert'}, error.message);
}

/** What the caller may not see, as a list. */
export function unseen(answer) {
  if (!answer.partial) return '';
  return element('ul', {class: 'list quiet'}, ...answer.unseen.map((it) => element('li', {}, `You may not see ${it}.`)));
}
