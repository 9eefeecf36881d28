// The way of events that were sent, as a timeline; and the latest events of a log.

import {ask} from './api.js';
import {byId, element, failure, time, unseen} from './dom.js';

const ENDINGS = {Delivered: ['yes', 'delivered'], Stopped: ['no', 'stopped'], CannotTell: ['unsure', 'cannot tell']};
const PASSAGES = {Passed: ['yes', 'passed'], Stopped: ['no', 'stopped'], Unknown: ['unsure', 'unknown']};

export class Why {
  constructor() {
    byId('why').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** Shows the way of an event, or of a flow. */
  async show(id) {
    byId('why-id').value = id;
    await this.#submit();
    byId('why-answer').scrollIntoView({block: 'nearest'});
  }

  async #submit() {
    byId('why-answer').replaceChildren(element('p', {}, 'Reading the audit logs…'));
    try {
      const answer = await ask('why', {id: byId('why-id').value.trim(), since: byId('why-since').value});
      byId('why-answer').replaceChildren(...this.#told(answer));
    } catch (error) {
      byId('why-answer').replaceChildren(failure(error));
    }
  }

  #told(answer) {
    return [
      answer.message ? element('p', {}, element('span', {class: ENDINGS[answer.outcome][0]}, answer.code ?? ''), ` ${answer.message}`) : '',
      element('ol', {class: 'timeline', 'aria-label': 'Events, the oldest first'}, ...answer.events.map((it) => this.#event(it))),
      unseen(answer),
    ];
  }

  #event(event) {
    const [kind, words] = ENDINGS[event.verdict];
    return element('li', {class: event.verdict.toLowerCase()},
      element('h3', {}, `${event.detailType} `, element('span', {class: kind}, words)),
      element('p', {class: 'quiet'}, time(event.time), ` from ${event.source}, account ${event.account}`),
      element('ol', {class: 'hops', 'aria-label': `Hops of ${event.detailType}`}, ...event.hops.map((it) => this.#hop(it))));
  }

  #hop(hop) {
    const [kind, words] = PASSAGES[hop.verdict];
    return element('li', {class: hop.verdict.toLowerCase()},
      element('strong', {}, hop.hop), ' ', element('span', {class: kind}, words), ' ', hop.time ? time(hop.time) : '',
      element('div', {}, hop.object),
      hop.message ? element('div', {}, `${hop.code ?? ''} ${hop.message}`) : '',
      hop.evidence ? element('div', {class: 'quiet'}, hop.evidence) : '');
  }
}

/** The latest events of a log, each with a button that shows its way. */
export function latestEvents(flow, why) {
  return [
    flow.log ? element('p', {class: 'quiet'}, `Log group ${flow.log}`) : '',
    flow.events.length === 0 ? element('p', {}, flow.partial ? 'No event that you may see.' : 'No event in the last hour.') : '',
    element('ul', {class: 'list'}, ...flow.events.map((it) => latestEvent(it, why))),
    unseen(flow),
  ];
}

function latestEvent(event, why) {
  const button = (words, label, id) =>
    element('button', {type: 'button', 'aria-label': `${label} ${id}`, click: () => why.show(id)}, words);
  return element('li', {},
    time(event.time), ` ${event.detailType} from ${event.source} `,
    button('Its way', `Its way: ${event.detailType}`, event.id), ' ',
    event.correlationId ? button('Its flow', 'Its flow:', event.correlationId) : '');
}
