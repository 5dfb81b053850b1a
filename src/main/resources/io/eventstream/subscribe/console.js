const HELD_AT_MOST = 500;
const TYPES_AT_MOST = 200;
const LONG_DATA = 2_000;
const INDENTED_AT_MOST = 100_000;
const DEEPEST_INDENT = 40;
const RATE_SECONDS = 5;
const FIRST_WAIT = 1_000;
const SHORTEST_WAIT = 100;
const LONGEST_BACK_OFF = 30_000;
const LONGEST_WAIT = 86_400_000;

const clamped = (number, least, most) => Math.min(Math.max(number, least), most);

// ---------------------------------------------------------------- Parsing of the stream

/** Server-sent events out of text in pieces of any size, by the rules of the HTML standard. */
class EventParser {
    retry;
    #type = "";
    #data = [];
    #id;
    #rest = "";
    // The one character that is left out if the next piece begins with it: a BOM, or the LF of a split CRLF.
    #skipped = "\uFEFF";

    constructor(lastEventId = "") {
        this.lastEventId = lastEventId;
    }

    feed(text) {
        return this.#completeLines(text).flatMap(line => line === "" ? this.#endEvent() : this.#takeField(line));
    }

    #completeLines(text) {
        if (text === "") return [];
        const lines = text.slice(text[0] === this.#skipped ? 1 : 0).split(/\r\n|\r|\n/);
        this.#skipped = text.endsWith("\r") ? "\n" : undefined;
        lines[0] = this.#rest + lines[0];
        this.#rest = lines.pop();
        return lines;
    }

    #takeField(line) {
        const colon = line.includes(":") ? line.indexOf(":") : line.length;
        const name = line.slice(0, colon);
        const value = line.slice(colon + 1).replace(/^ /, "");
        if (name === "data") this.#data.push(value);
        if (name === "event") this.#type = value;
        if (name === "id" && !value.includes("\0")) this.#id = value;
        if (name === "retry" && /^[0-9]+$/.test(value)) this.retry = Number(value);
        return [];
    }

    #endEvent() {
        const event = {type: this.#type || "message", data: this.#data.join("\n"), id: this.#id};
        const hasData = this.#data.length > 0;
        // An id counts even if its event has no data and is dropped.
        this.lastEventId = this.#id ?? this.lastEventId;
        [this.#type, this.#data, this.#id] = ["", [], undefined];
        return hasData ? [event] : [];
    }
}

// ---------------------------------------------------------------- Connection

/** Keeps a stream open until it ends for good; what ends one is {reason, final, wait}, wait as asked by the server. */
class Connection {
    #lastEventId = "";
    #firstWait = FIRST_WAIT;
    #failures = 0;

    constructor(url, onEvent, onState) {
        Object.assign(this, {url, onEvent, onState});
    }

    async run() {
        this.onState("connecting");
        const {reason, final, wait = this.#backOff()} = await this.#listen();
        this.onState(...(final ? ["ended", reason] : ["reconnecting", reason, Date.now() + wait]));
        this.timer = final ? undefined : setTimeout(() => this.run(), wait);
    }

    runNow() {
        clearTimeout(this.timer);
        this.run();
    }

    async #listen() {
        const abort = new AbortController();
        try {
            const response = await fetch(this.url, {headers: this.#headers(), cache: "no-store", signal: abort.signal});
            return isEventStream(response) ? await this.#read(response.body) : await refusal(response);
        } catch (error) {
            return {reason: `no connection: ${error.message}`};
        } finally {
            abort.abort();
        }
    }

    #headers() {
        // The server ends a stream for good with the id "error", so that one names no event to go on from.
        const id = this.#lastEventId === "error" ? "" : this.#lastEventId;
        return {Accept: "text/event-stream", ...(id && {"Last-Event-ID": utf8Header(id)})};
    }

    async #read(body) {
        const parser = new EventParser(this.#lastEventId);
        // The parser removes the BOM itself; if the decoder did so too, two of them would pass.
        const reader = body.pipeThrough(new TextDecoderStream("utf-8", {ignoreBOM: true})).getReader();
        for (;;) {
            const {done, value} = await reader.read();
            if (done) return {reason: "the server closed the stream"};
            const endings = parser.feed(value).flatMap(event => this.#take(event));
            this.#lastEventId = parser.lastEventId;
            this.#firstWait = clamped(parser.retry ?? this.#firstWait, SHORTEST_WAIT, LONGEST_WAIT);
            if (endings.length > 0) return endings[0];
        }
    }

    #take(event) {
        this.onEvent(event);
        if (event.type === "stream-open") {
            this.#failures = 0;
            this.onState("live");
        }
        return event.type === "stream-error" ? [{reason: errorText(event), final: event.id === "error"}] : [];
    }

    #backOff() {
        const longest = Math.max(LONGEST_BACK_OFF, this.#firstWait);
        const jitter = 1 + Math.random() / 4;
        return jitter * Math.min(longest, this.#firstWait * 2 ** this.#failures++);
    }
}

function isEventStream(response) {
    return response.status === 200 && /^text\/event-stream\s*(;|$)/i.test(response.headers.get("Content-Type") ?? "");
}

async function refusal(response) {
    const {status, headers} = response;
    const wait = status === 429 || status === 503 ? retryAfter(headers.get("Retry-After") ?? "") : undefined;
    const told = status === 200 ? `not an event stream but ${headers.get("Content-Type")}` : await toldBy(response);
    return {reason: `${status}: ${told}`, final: status < 500 && wait === undefined, wait};
}

/** What the server says went wrong: only JSON is read, since another body may be anything, and without end. */
async function toldBy(response) {
    const isJson = /json/i.test(response.headers.get("Content-Type") ?? "");
    const body = isJson ? await response.json().catch(() => undefined) : undefined;
    return body?.text ?? body?.condition ?? (response.statusText || "refused");
}

function retryAfter(value) {
    const wait = /^\d+$/.test(value) ? value * 1_000 : Date.parse(value) - Date.now();
    return Number.isNaN(wait) ? undefined : clamped(wait, FIRST_WAIT, LONGEST_WAIT);
}

/** fetch() takes no characters above U+00FF in a header, while ids are UTF-8 on the wire. */
const utf8Header = text => String.fromCharCode(...new TextEncoder().encode(text));

// ---------------------------------------------------------------- What is held

const ui = Object.fromEntries([...document.querySelectorAll("[id]")].map(element => [element.id, element]));
const settings = JSON.parse(ui.settings.textContent);
const seenTypes = new Set();
const countBySecond = new Map();
let [held, pending] = [[], []];
let [paused, dropped] = [false, false];
let [total, waiting] = [0, 0];
let heard, reconnectsAt;
let isWanted = () => true;

function receive(event) {
    heard = new Date();
    const isShown = event.type !== "stream-open" && event.type !== "keep-alive";
    if (isShown) hold({...event, at: heard, notice: noticeOf(event)});
    askForFrame();
}

function hold(entry) {
    if (entry.notice === undefined) count(entry.type);
    pending.push(entry);
    // No frame comes while the tab is hidden or the page paused; twice the limit spares a copy for each event.
    if (pending.length > 2 * HELD_AT_MOST) pending = newest(pending);
}

function count(type) {
    const second = Math.floor(Date.now() / 1_000);
    countBySecond.set(second, (countBySecond.get(second) ?? 0) + 1);
    total++;
    if (paused) waiting++;
    if (seenTypes.size < TYPES_AT_MOST) seenTypes.add(type);
}

/** As many entries as may be held; what the filter hides goes first, lest a busy type push out a rare one. */
function newest(entries) {
    let excess = entries.length - HELD_AT_MOST;
    if (excess <= 0) return entries;
    dropped = true;
    return entries.filter(entry => isWanted(entry) || excess-- <= 0).slice(-HELD_AT_MOST);
}

function rate() {
    const now = Math.floor(Date.now() / 1_000);
    const isOld = second => second < now - RATE_SECONDS;
    [...countBySecond.keys()].filter(isOld).forEach(second => countBySecond.delete(second));
    const current = countBySecond.get(now) ?? 0;
    return ([...countBySecond.values()].reduce((sum, events) => sum + events, 0) - current) / RATE_SECONDS;
}

function noticeOf(event) {
    if (event.type === "stream-error") return errorText(event);
    if (event.type !== "stream-reset") return undefined;
    const {channels} = parsed(event.data) ?? {};
    return `events were missed${Array.isArray(channels) ? ` on ${channels.join(", ")}` : ""}; reload your state`;
}

function errorText(event) {
    const {condition, text} = parsed(event.data) ?? {};
    return text ?? condition ?? "the server ended the stream with an error";
}

function parsed(json) {
    try {
        return JSON.parse(json);
    } catch {
        return undefined;
    }
}

// ---------------------------------------------------------------- Showing events

const clock = new Intl.DateTimeFormat("en-GB", {timeStyle: "medium"});
let frameAsked = false;

function askForFrame() {
    if (!frameAsked) requestAnimationFrame(frame);
    frameAsked = true;
}

function frame() {
    frameAsked = false;
    if (!paused) showPending();
    if (ui.types.childElementCount !== seenTypes.size) offerTypes();
    showFigures();
}

function showPending() {
    const kept = newest([...held, ...pending]);
    const stays = new Set(kept);
    held.filter(entry => !stays.has(entry)).forEach(entry => entry.node?.remove());
    ui.events.prepend(...nodesOf(pending.filter(entry => stays.has(entry))));
    [held, pending, waiting] = [kept, [], 0];
}

function nodesOf(entries) {
    return entries.filter(isWanted).map(entry => entry.node ??= entryNode(entry)).reverse();
}

function make(name, className, text = "") {
    return Object.assign(document.createElement(name), {className, textContent: text});
}

function entryNode({type, id, at, data, notice, skipUsers = []}, times = clock) {
    const node = make("li", notice === undefined ? "event" : "notice");
    Object.assign(node.dataset, {testid: node.className, type});
    const time = make("time", "", `${times.format(at)}.${String(at.getMilliseconds()).padStart(3, "0")}`);
    time.dateTime = time.title = at.toISOString();
    const meta = make("div", "meta");
    const asides = [...(id ? [`id ${id}`] : []), ...(skipUsers.length > 0 ? [`not for ${skipUsers.join(", ")}`] : [])];
    meta.append(make("span", "type", type), ...asides.map(text => make("span", "id", text)), time);
    node.append(meta, ...(notice === undefined ? dataNodes(readable(data)) : [make("p", "text", notice)]));
    return node;
}

function dataNodes(text) {
    const data = make("pre", "data");
    data.dataset.testid = "event-data";
    const more = Object.assign(make("button", "more"), {type: "button"});
    const show = whole => {
        data.textContent = whole ? text : `${text.slice(0, LONG_DATA)}…`;
        more.textContent = whole ? "Show less" : `Show all ${grouped(text.length)} characters`;
        more.ariaExpanded = String(whole);
    };
    more.addEventListener("click", () => show(more.ariaExpanded === "false"));
    show(text.length <= LONG_DATA);
    return text.length > LONG_DATA ? [data, more] : [data];
}

function readable(data) {
    return data.length <= INDENTED_AT_MOST && parsed(data) !== undefined ? indented(data) : data;
}

/** Moves only the white space, while JSON.stringify would show other numbers and escapes than those sent. */
function indented(json) {
    let depth = 0;
    const newLine = () => `\n${"  ".repeat(Math.min(depth, DEEPEST_INDENT))}`;
    return json.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|\s+|[{[]\s*[}\]]|[{}[\],:]/g, part => {
        switch (part) {
            case "{": case "[": depth++; return part + newLine();
            case "}": case "]": depth--; return newLine() + part;
            case ",": return part + newLine();
            case ":": return ": ";
            default: return part.startsWith('"') ? part : part.replace(/\s/g, "");
        }
    });
}

// ---------------------------------------------------------------- Showing figures and state

const EMPTY_WORDS = {"no channel chosen": "Name a channel above to listen to it.", ended: "No events came."};

const grouped = number => number.toLocaleString("en");

/** A live region whose text is set is read out, changed or not. */
function setText(node, text) {
    if (node.textContent !== text) node.textContent = text;
}

function showFigures() {
    const [shown, waits] = [ui.events.childElementCount, waiting ? ` (${grouped(waiting)} waiting)` : ""];
    ui.count.value = String(total);
    setText(ui.count, grouped(total));
    setText(ui.heard, heard ? clock.format(heard) : "never");
    setText(ui.pause, paused ? `Resume${waits}` : "Pause");
    const holding = dropped ? `${HELD_AT_MOST} newest shown` : "";
    setText(ui.holding, ui.filter.value.trim() ? `${shown} of ${held.length} held shown` : holding);
    ui.empty.hidden = shown > 0;
    const whyEmpty = EMPTY_WORDS[ui.state.dataset.state] ?? "No events yet.";
    setText(ui.empty, held.length > 0 ? "No event held is of this type." : whyEmpty);
}

function showEverySecond() {
    const seconds = Math.max(0, Math.ceil((reconnectsAt - Date.now()) / 1_000));
    setText(ui.rate, rate().toFixed(1));
    setText(ui.countdown, reconnectsAt ? ` in ${seconds} s` : "");
}

function showState(state, reason = "", until = undefined) {
    reconnectsAt = until;
    ui.state.dataset.state = state;
    setText(ui.stateWord, state);
    ui.connect.hidden = state !== "ended" && state !== "reconnecting";
    setText(ui.connect, state === "ended" ? "Connect again" : "Connect now");
    // While it is tried once more the reason stays, so that the page doesn't jump with each attempt.
    if (state !== "connecting") setText(ui.problem, reason);
    showEverySecond();
    askForFrame();
}

// ---------------------------------------------------------------- Controls of the list

const shortcuts = new Map([["p", togglePause], ["c", clear], ["/", () => ui.filter.focus()]]);

const listOf = text => text.split(",").map(part => part.trim()).filter(Boolean);

function applyFilter() {
    const types = new Set(listOf(ui.filter.value));
    isWanted = entry => types.size === 0 || types.has(entry.type) || entry.notice !== undefined;
    ui.events.replaceChildren(...nodesOf(held));
    offerTypes();
    askForFrame();
}

/** A datalist completes the whole field, so each option begins with the types that are already in the list. */
function offerTypes() {
    const before = ui.filter.value.slice(0, ui.filter.value.lastIndexOf(",") + 1);
    ui.types.replaceChildren(...[...seenTypes].sort().map(type => new Option("", before + type)));
}

function togglePause() {
    if (!paused) showPending();
    paused = !paused;
    askForFrame();
}

function clear() {
    [held, pending, waiting, dropped] = [[], [], 0, false];
    ui.events.replaceChildren();
    askForFrame();
}

function onKey(event) {
    const isTyping = event.target.closest?.("input, textarea");
    const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.repeat);
    if (isTyping || !isPlain || !ui.shortcuts.checked || !shortcuts.has(event.key)) return;
    event.preventDefault();
    shortcuts.get(event.key)();
}

function listenToOthers(event) {
    event.preventDefault();
    const query = listOf(ui.listenChannels.value).map(channel => `channel=${encodeURIComponent(channel)}`).join("&");
    if (query) location.assign(`${settings.events}?${query}`);
}

// ---------------------------------------------------------------- Publishing

/** Servers refuse or rewrite these in a path even when they are percent-encoded. */
const UNFIT_FOR_PATH = /[/\\%;]|^\.{1,2}$/;

function authorization() {
    const token = settings.token || ui.publishToken.value.trim();
    return token ? {Authorization: `Bearer ${token}`} : {};
}

function publication() {
    const [channel, type] = [ui.publishChannel.value.trim(), ui.publishType.value.trim()];
    const [isJson, data] = [ui.asJson.checked, ui.publishData.value];
    if (UNFIT_FOR_PATH.test(channel)) {
        const envelope = JSON.stringify(type ? {channel, type} : {channel});
        // The data goes in as it was typed: parsed and written again, large numbers would change.
        const body = `${envelope.slice(0, -1)},"data":${isJson ? data : JSON.stringify(data)}}`;
        return {url: settings.events, headers: {"Content-Type": "application/json", ...authorization()}, body};
    }
    const query = type ? `?type=${encodeURIComponent(type)}` : "";
    const contentType = isJson ? "application/json" : "text/plain; charset=utf-8";
    const url = `${settings.events}/${encodeURIComponent(channel)}${query}`;
    return {url, headers: {"Content-Type": contentType, ...authorization()}, body: data};
}

function isDataFit() {
    let fault = "";
    try {
        JSON.parse(ui.asJson.checked ? ui.publishData.value : "null");
    } catch (error) {
        fault = `Not JSON: ${error.message}`;
    }
    setText(ui.dataError, fault);
    ui.publishData.ariaInvalid = String(fault !== "");
    return fault === "";
}

async function publish(event) {
    event.preventDefault();
    if (!isDataFit()) {
        ui.publishData.focus();
        return showResult("failed", "not sent");
    }
    showResult("sending", "publishing…");
    try {
        const {url, headers, body} = publication();
        await showAnswer(await fetch(url, {method: "POST", headers, body}));
    } catch (error) {
        showResult("failed", `not sent: ${error.message}`);
    }
}

async function showAnswer(response) {
    if (!response.ok) return showResult("failed", `${response.status}: ${await toldBy(response)}`);
    const id = parsed(await response.text())?.id ?? "";
    showResult("published", id === "" ? "published" : `published (id ${id})`);
}

function showResult(outcome, text) {
    ui.result.dataset.outcome = outcome;
    ui.result.textContent = text;
}

function onPublishInput() {
    // A fault is told only when it is sent, but goes away as soon as it is mended.
    if (ui.dataError.textContent) isDataFit();
    showCurl();
}

const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;

function showCurl() {
    const {url, headers, body} = publication();
    const headerOptions = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
    const parts = [`curl ${quoted(new URL(url, location.href).href)}`, ...headerOptions, `--data-raw ${quoted(body)}`];
    setText(ui.curl, parts.join(" \\\n  "));
    setText(ui.copied, "");
}

async function copyCurl() {
    try {
        await navigator.clipboard.writeText(ui.curl.textContent);
        setText(ui.copied, "copied");
    } catch {
        // Without HTTPS there is no clipboard to write to.
        getSelection().selectAllChildren(ui.curl);
        setText(ui.copied, "selected: press Ctrl/⌘ + C");
    }
}

function publishOnEnter(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    ui.publish.requestSubmit();
}

// ---------------------------------------------------------------- Start

function fillIn() {
    ui.version.textContent = settings.version;
    ui.channels.append(...settings.channels.map(channel => make("li", "", channel)));
    ui.listenChannels.value = settings.channels.join(", ");
    ui.publishChannel.value = settings.channels[0] ?? "test";
    ui.tokenField.hidden = settings.token !== "";
    showCurl();
}

function wire() {
    ui.filter.addEventListener("input", applyFilter);
    ui.pause.addEventListener("click", togglePause);
    ui.clear.addEventListener("click", clear);
    ui.listen.addEventListener("submit", listenToOthers);
    ui.publish.addEventListener("submit", publish);
    ui.publish.addEventListener("input", onPublishInput);
    ui.publishData.addEventListener("keydown", publishOnEnter);
    ui.copy.addEventListener("click", copyCurl);
    document.addEventListener("keydown", onKey);
    setInterval(showEverySecond, 1_000);
}

function start() {
    if (settings.stream === "") {
        showState("no channel chosen");
        ui.listenChannels.focus();
        return;
    }
    const connection = new Connection(settings.stream, receive, showState);
    ui.connect.addEventListener("click", () => connection.runNow());
    connection.run();
}

fillIn();
wire();
applyFilter();
start();
