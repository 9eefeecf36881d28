// Asks the server. Addresses are relative to the page's, which has the token in it.

async function answer(response) {
  const body = await response.text();
  let read;
  try {
    read = JSON.parse(body);
  } catch {
    throw new Error(body.trim());
  }
  if (!response.ok) throw new Error(read.message);
  return read;
}

async function send(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error('kubectl backbone ui does not answer any more. Is it running?');
  }
  return answer(response);
}

/** A question by its name, with parameters; those that are empty are left out. */
export function ask(question, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value);
  return send(`api/${question}?${new URLSearchParams(given)}`);
}

/** Who receives an event, given as text of JSON. */
export function askWithEvent(event, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value);
  return send(`api/who?${new URLSearchParams(given)}`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: event,
  });
}
