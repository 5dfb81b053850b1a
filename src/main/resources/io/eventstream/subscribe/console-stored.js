
// ---------------------------------------------------------------- Stored events, a page at a time

const timesOfDays = new Intl.DateTimeFormat("en-GB", {dateStyle: "medium", timeStyle: "medium"});

/** What is shown: {channel, first, last, oldest, newest}, the latter four as ids; none until something was read. */
let storedPage;
/** What was asked for last: {channel, after, limit}, without after for the newest page. */
let storedQuery;
/** The server says nowhere how many events it gives at once, but a page that is full shows it. */
let storedPageSize = 1;
let storedReading = new AbortController();

async function readStored(query) {
    storedReading.abort();
    storedReading = new AbortController();
    storedQuery = query;
    if (UNFIT_FOR_PATH.test(query.channel)) {
        return tellStored("unfit", `The stored events of ${query.channel} cannot be shown:`
            + " the server is asked for them by path, and this name does not fit into one.");
    }
    const {signal} = storedReading;
    showStoredState("loading", "Loading…");
    try {
        const response = await fetch(storedUrl(query), {headers: authorization(), cache: "no-store", signal});
        const answer = response.ok ? await response.json() : await toldBy(response);
        // Whoever aborts it has something newer to show.
        if (signal.aborted) return;
        if (response.ok) takeStored(answer, query);
        else tellStoredRefusal(response, answer, query);
    } catch (error) {
        if (!signal.aborted) tellStored("failed", `Not loaded: ${error.message}`);
    }
}

function storedUrl({channel, ...range}) {
    const query = new URLSearchParams(range).toString();
    return `${settings.events}/${encodeURIComponent(channel)}/history${query && `?${query}`}`;
}

function takeStored({oldest, newest, events}, {channel, after}) {
    // Purged since the page before it was read: there is nothing beside that one any more.
    if (events.length === 0 && after !== undefined) return readStored({channel});
    if (events.length === 0) {
        return tellStored("empty", newest === 0
            ? `Nothing of ${channel} is stored yet.`
            : `Nothing of ${channel} is stored any more; its newest event was ${newest}.`);
    }
    const [first, last] = [events[0].id, events.at(-1).id];
    storedPage = {channel, first, last, oldest: Math.min(oldest, first), newest: Math.max(newest, last)};
    storedPageSize = Math.max(storedPageSize, events.length);
    ui.storedEvents.replaceChildren(...events.map(storedNode).reverse());
    ui.storedList.scrollTop = 0;
    showStoredState("shown", `Events ${first} to ${last} of ${storedPage.oldest} to ${storedPage.newest},`
        + ` read at ${clock.format(new Date())}`);
}

const storedNode = ({storedAt, ...event}) => entryNode({...event, at: new Date(storedAt)}, timesOfDays);

function tellStoredRefusal({status, headers}, told, {channel}) {
    const isAnswer = /json/i.test(headers.get("Content-Type") ?? "");
    if (status === 401 || status === 403) {
        const remedy = settings.token ? "load this page again, its token is an old one" : "enter the publish token";
        tellStored("forbidden", `Only those who may publish to ${channel} may read what is stored of it:`
            + ` ${remedy}. (${status}: ${told})`);
    // Any other 404 is not about the channel, but says that nobody answers at this address.
    } else if (status === 404 && isAnswer) tellStored("not-stored", told);
    else tellStored("failed", `Not loaded: ${status}: ${told}`);
}

/** Words instead of events. */
function tellStored(state, words) {
    storedPage = undefined;
    ui.storedEvents.replaceChildren();
    showStoredState(state, words);
}

function showStoredState(state, words) {
    const focused = document.activeElement;
    ui.storedState.dataset.state = state;
    setText(ui.storedState, words);
    ui.storedList.hidden = storedPage === undefined;
    ui.storedList.ariaBusy = String(state === "loading");
    // It stays while it is tried again, so that the page doesn't jump and the button keeps the focus.
    if (state !== "loading") ui.storedAgain.hidden = state !== "failed";
    if (state === "forbidden") ui.storedTokenField.hidden = settings.token !== "";
    showStoredEnds();
    // The focus would be lost with what had it.
    if (focused.disabled || focused.hidden) (storedPage ? ui.storedList : ui.storedChannel).focus();
}

function showStoredEnds() {
    const isNamed = storedPage?.channel === ui.storedChannel.value.trim();
    const isAtNewest = !isNamed || storedPage.last === storedPage.newest;
    ui.older.disabled = !isNamed || storedPage.first === storedPage.oldest;
    [ui.newer.disabled, ui.newest.disabled] = [isAtNewest, isAtNewest];
}

function readOlder() {
    const {channel, first, oldest} = storedPage;
    const limit = Math.min(storedPageSize, first - oldest);
    readStored({channel, after: first - 1 - limit, limit});
}

function openStored() {
    const opens = ui.stored.hidden;
    ui.stored.hidden = !opens;
    ui.storedOpener.ariaExpanded = String(opens);
    if (!opens || storedQuery !== undefined) return;
    const channel = ui.storedChannel.value.trim();
    if (channel) readStored({channel});
    else showStoredState("unnamed", "Name a channel to see what is stored of it.");
}

function readNamed(event) {
    event.preventDefault();
    const channel = ui.storedChannel.value.trim();
    if (channel) readStored({channel});
}

/** There is one token, whichever of the two fields it is typed into. */
function shareToken(from, to) {
    from.addEventListener("input", () => {
        to.value = from.value;
        showCurl();
    });
}

ui.storedChannel.value = settings.channels[0] ?? "";
ui.storedChannels.replaceChildren(...settings.channels.map(channel => new Option("", channel)));
ui.storedOpener.addEventListener("click", openStored);
ui.storedForm.addEventListener("submit", readNamed);
ui.storedChannel.addEventListener("input", showStoredEnds);
ui.older.addEventListener("click", readOlder);
ui.newer.addEventListener("click", () => readStored({channel: storedPage.channel, after: storedPage.last}));
ui.newest.addEventListener("click", () => readStored({channel: storedPage.channel}));
ui.storedAgain.addEventListener("click", () => readStored(storedQuery));
shareToken(ui.storedToken, ui.publishToken);
shareToken(ui.publishToken, ui.storedToken);
