
// ---------------------------------------------------------------- Who listens, beside the names of the channels

const LISTENERS_PAUSE = 2_000;

/** How many listen to a channel: whoever may publish to it may know, so it is asked only once there is a token. */
class Listeners {
    #refused;

    constructor(channel, chip) {
        this.url = `${settings.events}/${encodeURIComponent(channel)}/presence`;
        this.node = make("span", "listeners");
        this.node.dataset.testid = "listeners";
        chip.append(this.node);
    }

    async ask() {
        const headers = authorization();
        const token = headers.Authorization;
        // Half a token would be refused.
        const isTyped = document.activeElement.type === "password";
        if (document.hidden || isTyped || token === undefined || token === this.#refused) return;
        try {
            const response = await fetch(this.url, {headers, cache: "no-store"});
            if (response.status === 401 || response.status === 403) this.#refused = token;
            this.#show(response.ok ? await response.json() : {});
        } catch {
            // A number that may be old is none; that there is no connection is told by the stream's state.
            this.#show({});
        }
    }

    #show({count, users = []}) {
        setText(this.node, count === undefined ? "" : `${grouped(count)} listening`);
        this.node.title = users.join(", ");
    }
}

async function followListeners(all) {
    await Promise.all(all.map(listeners => listeners.ask()));
    setTimeout(followListeners, LISTENERS_PAUSE, all);
}

if (settings.presence) {
    const chips = [...ui.channels.children].map((chip, index) => [settings.channels[index], chip]);
    followListeners(chips
        .filter(([channel]) => !UNFIT_FOR_PATH.test(channel))
        .map(([channel, chip]) => new Listeners(channel, chip)));
}
