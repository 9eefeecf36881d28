// One object: its conditions, and its latest events.

import {ask} from './api.js';
import {byId, element, failure, time} from './dom.js';
import {latestEvents} from './flow.js';

const KINDS = {Producer: 'ServiceAccountBus'};
const WITH_LOG = ['EventBackbone', 'ServiceAccountBus', 'EventSubscription'];

export class Details {
  #why;
  #focus;
  #shown = '';

  /** @param {function(Object, string)} focus draws what is joined to an object */
  constructor(why, focus) {
    this.#why = why;
    this.#focus = focus;
  }

  async show(node) {
    const kind = KINDS[node.type] ?? node.type;
    this.#shown = node.id;
    byId('details').hidden = false;
    byId('details-title').textContent = `${kind} ${node.name}`;
    byId('details-body').replaceChildren(
      element('p', {class: 'buttons'}, element('button', {type: 'button', click: () => this.#focus({object: node.name}, `${kind} ${node.name}`)}, 'Show what is joined to it')),
      element('p', {class: 'quiet'}, 'Asking…'));
    try {
      const answer = await ask('object', {kind, name: node.name});
      if (this.#shown !== node.id) return;
      byId('details-body').lastChild.replaceWith(this.#conditions(answer.conditions));
      if (WITH_LOG.includes(kind)) await this.#addEvents(kind, node);
    } catch (error) {
      byId('details-body').append(failure(error));
    }
  }

  async #addEvents(kind, node) {
    const place = element('div', {}, element('p', {class: 'quiet'}, 'Reading its audit log…'));
    byId('details-body').append(element('h3', {}, 'Latest events'), place);
    place.replaceChildren(...latestEvents(await ask('flow', {kind, name: node.name}), this.#why));
  }

  #conditions(conditions) {
    if (conditions.length === 0) return element('p', {}, 'The operator has written no condition yet.');
    return element('dl', {}, ...conditions.flatMap((it) => [
      element('dt', {}, `${it.type}: `, element('span', {class: it.status === 'True' ? 'yes' : it.status === 'False' ? 'no' : 'unsure'}, it.status)),
      element('dd', {}, `${it.reason}. ${it.message} `, it.since ? element('span', {class: 'quiet'}, 'since ', time(it.since)) : ''),
    ]));
  }
}
