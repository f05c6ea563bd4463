// Draws Adaptive Cards with Microsoft's own library, in the colours of this page. What Teams would not draw is shown as
// a warning, never as nothing.

import { el } from "./dom.js";
import { markdownHtml } from "./markdown.js";

const library = window.AdaptiveCards;
const INK = { default: "var(--ink)", subtle: "var(--soft)" };
const ink = (colour) => ({ default: colour, subtle: colour });
const COLOURS = {
  default: INK,
  dark: INK,
  light: INK,
  accent: ink("var(--accent)"),
  good: ink("var(--good)"),
  warning: ink("var(--warn)"),
  attention: ink("var(--danger)"),
};
const box = (background) => ({ backgroundColor: background, foregroundColors: COLOURS });
const FONT = {
  fontFamily: "inherit",
  fontSizes: { small: 14, default: 16, medium: 18, large: 20, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 650 },
};
const HOST = {
  supportsInteractivity: true,
  fontTypes: { default: FONT, monospace: FONT },
  lineHeights: { small: 20, default: 24, medium: 25, large: 27, extraLarge: 32 },
  spacing: { small: 6, default: 10, medium: 16, large: 26, extraLarge: 34, padding: 12 },
  separator: { lineThickness: 1, lineColor: "var(--line)" },
  textBlock: { headingLevel: 3 },
  containerStyles: {
    default: box("transparent"),
    emphasis: box("var(--tint)"),
    accent: box("var(--tint)"),
    good: box("var(--tint)"),
    warning: box("var(--warn-tint)"),
    attention: box("var(--danger-tint)"),
  },
  actions: {
    maxActions: 20,
    buttonSpacing: 8,
    actionsOrientation: "horizontal",
    actionAlignment: "left",
    showCard: { actionMode: "inline", inlineTopMargin: 8, style: "emphasis" },
  },
  inputs: { label: { optionalInputs: { weight: "bolder" }, requiredInputs: { weight: "bolder" } } },
};

/** Whether there is something to draw cards with. */
export const canDraw = Boolean(library);

if (library) {
  library.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdownHtml(text);
    result.didProcess = result.outputHtml !== "";
  };
}

/** Draw a card. `press({action, token, label, answers})` is called for a button that sends something. */
export function drawCard(json, press) {
  const context = new library.SerializationContext(library.Versions.v1_5); // the newest that Teams draws
  const card = new library.AdaptiveCard();
  card.hostConfig = new library.HostConfig(HOST);
  card.onExecuteAction = (action) => execute(action, card, press);
  card.parse(json, context);
  const node = card.render();
  if (!node) return el("p", { class: "unknown" }, "[a card that this simulator cannot draw]");
  node.removeAttribute("tabindex"); // nothing can be done with the card as a whole
  for (const action of card.getAllActions()) named(action);
  for (const input of card.getAllInputs()) labelled(input);
  return el("div", { class: "card" }, node, ...unknown(context));
}

function execute(action, card, press) {
  if (action instanceof library.OpenUrlAction) {
    if (/^https:/u.test(action.url)) window.open(action.url, "_blank", "noopener,noreferrer");
    return;
  }
  const { intent, token } = action.data ?? {};
  const answers = Object.fromEntries(card.getAllInputs().map((input) => [input.id, input.value ?? ""]));
  press({ action: intent, token, label: action.title, answers });
}

/** Say on the page which intent a button has, so that it is found again after it was drawn anew. */
function named(action) {
  const node = action.renderedElement;
  if (!node || !action.data?.intent) return;
  node.dataset.action = action.data.intent;
  node.dataset.key = `${action.data.intent}/${action.data.token ?? ""}`;
}

/** Find a field by the app's name for it, and say which question its answers belong to: the library says so to none. */
function labelled(input) {
  const node = input.renderedElement;
  if (!node) return;
  node.removeAttribute("id"); // the app's names are not to be mistaken for this page's own
  node.dataset.field = input.id;
  asQuestionAndHelp(node.querySelector("label"));
  const choices = node.querySelector(".ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect");
  if (!choices) return;
  choices.setAttribute("role", input.isMultiSelect ? "group" : "radiogroup");
  choices.setAttribute("aria-labelledby", node.querySelector("label")?.id ?? "");
}

/** A label is one text, and its first line is the question: what follows is help, and need not shout. */
function asQuestionAndHelp(label) {
  const line = label?.querySelector("br");
  if (!line) return;
  const help = document.createRange();
  help.setStartAfter(line);
  help.setEndAfter(line.parentElement.lastChild);
  line.after(el("span", { class: "help" }, help.extractContents()));
}

function unknown(context) {
  const events = Array.from({ length: context.eventCount }, (_, number) => context.getEventAt(number));
  return events.map((event) => el("p", { class: "unknown" }, `[not drawn by this simulator: ${event.message}]`));
}
