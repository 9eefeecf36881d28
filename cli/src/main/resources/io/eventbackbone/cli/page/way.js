// Who receives an event: lights up its way, and says of each subscription why.

import {ask, askWithEvent} from './api.js';
import {byId, element, failure, unseen} from './dom.js';

const VERDICTS = {
  Always: ['yes', 'receives it'],
  Conditional: ['unsure', 'may receive it'],
  Never: ['no', 'does not receive it'],
  Unknown: ['unsure', 'you may not see what decides'],
};

/** The way of an event in a picture: its nodes, its edges, and the reasons at subscriptions. */
export function wayOf(answer, topology) {
  const way = {nodes: new Set(), edges: new Set(), reasons: new Map()};
  const reach = (type, name) => topology.find(type, name)?.id;
  for (const it of answer.receivers) {
    const subscription = reach('EventSubscription', it.subscription);
    if (subscription && !way.reasons.has(subscription)) way.reasons.set(subscription, reason(it));
    if (!['Always', 'Conditional'].includes(it.verdict)) continue;
    const route = it.route && reach('EventRoute', it.route);
    const bus = reach('ServiceAccountBus', it.bus);
    for (const [from, to] of [[route, bus], [bus, subscription]]) light(way, from, to);
    for (const [from, to] of upstream(route, answer.from && reach('Producer', answer.from), topology)) light(way, from, to);
  }
  return way;
}

function light(way, from, to) {
  if (!from || !to) return;
  way.nodes.add(from).add(to);
  way.edges.add(`${from}>${to}`);
}

/** From the sender, or from every producer if none was named, over the backbone to a route. */
function upstream(route, sender, topology) {
  return topology.edgesTo(route).flatMap((toRoute) => [
    [toRoute.from, route],
    ...topology.edgesTo(toRoute.from).filter((it) => !sender || it.from === sender).map((it) => [it.from, it.to]),
  ]);
}

function reason(receiver) {
  const text = VERDICTS[receiver.verdict][1];
  return receiver.message ? `${text}: ${receiver.message}` : text;
}

export class Who {
  #topology;
  #focusOnType;
  #answer = null;

  /** @param {function(string): Promise} focusOnType draws the ways of an event type */
  constructor(topology, focusOnType) {
    this.#topology = topology;
    this.#focusOnType = focusOnType;
    byId('who').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    byId('who-clear').addEventListener('click', () => this.clear());
  }

  /** Offers the producers as senders. */
  offerSenders() {
    const chosen = byId('who-from').value;
    const senders = this.#topology.nodes.filter((it) => it.type === 'Producer' && it.name.includes('/'));
    const names = new Set(senders.map((it) => it.name));
    if (chosen) names.add(chosen);
    byId('who-from').replaceChildren(
      element('option', {value: ''}, 'any service'),
      ...[...names].map((it) => element('option', {value: it}, it)));
    byId('who-from').value = chosen;
  }

  /** Lights the way again, in another picture. */
  relight() {
    if (this.#answer) this.#topology.light(wayOf(this.#answer, this.#topology));
  }

  clear() {
    this.#answer = null;
    this.#topology.light(null);
    byId('who-answer').replaceChildren();
    byId('who-clear').hidden = true;
    byId('who-event').focus();
  }

  async #submit() {
    const text = byId('who-event').value.trim();
    const from = byId('who-from').value;
    try {
      this.#answer = text.startsWith('{') ? await askWithEvent(text, {from}) : await ask('who', {type: text, from});
      if (this.#topology.isGrouped && this.#answer.detailType) await this.#focusOnType(this.#answer.detailType);
      byId('who-answer').replaceChildren(...this.#told());
      byId('who-clear').hidden = false;
      this.relight();
    } catch (error) {
      byId('who-answer').replaceChildren(failure(error));
    }
  }

  #told() {
    const receivers = this.#answer.receivers;
    const receiving = new Set(receivers.filter((it) => ['Always', 'Conditional'].includes(it.verdict)).map((it) => it.subscription));
    const all = new Set(receivers.map((it) => it.subscription));
    const rows = receivers.slice(0, 50).map((it) => element('tr', {},
      element('td', {}, it.subscription),
      element('td', {}, element('span', {class: VERDICTS[it.verdict][0]}, it.verdict), it.message ? ` ${it.code ?? ''} ${it.message}` : it.route ? ` by ${it.route}` : '')));
    return [
      element('p', {}, `${receiving.size} of ${all.size} subscriptions ${receiving.size === 1 ? 'receives' : 'receive'} ${this.#answer.detailType ?? 'it'}${this.#answer.from ? ` from ${this.#answer.from}` : ''}.`),
      element('table', {},
        element('thead', {}, element('tr', {}, element('th', {scope: 'col'}, 'Subscription'), element('th', {scope: 'col'}, 'Verdict'))),
        element('tbody', {}, ...rows)),
      receivers.length > rows.length ? element('p', {class: 'quiet'}, `${receivers.length - rows.length} more do not fit here: kubectl backbone who lists them.`) : '',
      unseen(this.#answer),
    ];
  }
}
